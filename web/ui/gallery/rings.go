package gallery

import (
	"strconv"
	"strings"
	"time"

	"leerkring/web/ui"
)

var says = map[ui.Passage]string{ui.Ahead: "nog niet geweest", ui.Here: "hier zijn we nu", ui.Past: "geweest"}

// wheel makes a wheel from names and a route such as "1 2 3 2a 3".
func wheel(id string, names []string, now int, route string) ui.WheelOf {
	w := ui.WheelOf{ID: id, Segments: ui.StagesAt(now, len(names)), Round: "Ronde 1", Since: "sinds 3 maart", Name: names[now-1]}
	for step := range strings.FieldsSeq(route) {
		to, _ := strconv.Atoi(step[:1]) // routes here are right
		w.Path = append(w.Path, ui.Move{To: to, Letter: step[1:]})
		if to != now {
			w.Segments[to-1].Passage = ui.Past
		}
	}
	for i := range w.Segments {
		s := &w.Segments[i]
		s.Name, s.Href = names[i], "#main"
		s.Says = "Fase " + strconv.Itoa(s.Number) + ", " + s.Name + ": " + says[s.Passage]
	}
	w.Title = "De kring van een traject. We zijn in fase " + strconv.Itoa(now) + ", " + w.Name + "."
	return w
}

// steps is a way of eight steps in three parts, with the team in one of them.
func steps(now int) []ui.Segment {
	out := ui.StagesAt(now, 8)
	for i := range out {
		s := &out[i]
		s.Name, s.Href, s.Part = methods[9][i], "#main", [...]string{"Voorbereiden", "Doen", "Delen"}[i/3]
		s.Says = "Stap " + strconv.Itoa(s.Number) + ", " + s.Name + ": " + says[s.Passage]
	}
	return out
}

var methods = map[int][]string{
	3: {"Kijken", "Proberen", "Houden of stoppen"},
	4: {"Wat zien we?", "Wat proberen we?", "Wat gebeurt er?", "Houden of stoppen?"},
	5: phaseNames,
	6: {"Vraag", "Voorbereiden", "Les ontwerpen", "Les geven en kijken", "Nabespreken", "Delen met collega’s"},
	7: {"Doel", "Probleem", "Verklaring", "Gegevens", "Kwaliteit van de gegevens", "Conclusie", "Maatregel"},
	9: {"Een", "Twee", "Drie", "Vier", "Vijf", "Zes", "Zeven", "Acht", "Negen"},
}

func clock(current int, left time.Duration) ui.Clock {
	return ui.Clock{Minutes: []int{10, 20, 15, 15}, Current: current, Left: left, Above: "deel " + strconv.Itoa(current+1) + " van 4", Below: "nog in dit deel", Says: "Deel 3 van 4. Nog 11 minuten en 36 seconden in dit deel."}
}

func weighing() ui.Weighing {
	return ui.Weighing{
		Title: "Vijf onderwerpen naar belang en moeite", Desc: "Lezen in elk vak is het belangrijkst. Over huiswerk lopen de meningen ver uiteen.",
		LittleEffort: "weinig moeite", MuchEffort: "veel moeite", LessImportant: "minder belangrijk", MoreImportant: "belangrijk",
		Show: "Toon de cijfers als tabel", Topic: "Onderwerp", ImportanceHead: "Belangrijk", EffortHead: "Moeite", WideWord: "niet eens",
		Topics: []ui.Weighed{
			{Letter: "A", Name: "Lezen in elk vak", Importance: ui.Answers{Middle: 4.5, Low: 4.2, High: 4.8, Text: "4,5 (4,2–4,8)"}, Effort: ui.Answers{Middle: 3.4, Low: 3, High: 3.8, Text: "3,4 (3–3,8)"}},
			{Letter: "B", Name: "Huiswerk met een doel", Wide: true, Importance: ui.Answers{Middle: 3.3, Low: 2.1, High: 4.4, Text: "3,3 (2,1–4,4)"}, Effort: ui.Answers{Middle: 2.6, Low: 1.5, High: 4.1, Text: "2,6 (1,5–4,1)"}},
			{Letter: "C", Name: "De start van de les", Importance: ui.Answers{Middle: 4.1, Low: 3.8, High: 4.4, Text: "4,1 (3,8–4,4)"}, Effort: ui.Answers{Middle: 1.7, Low: 1.4, High: 2.1, Text: "1,7 (1,4–2,1)"}},
			{Letter: "D", Name: "Ouders eerder spreken", Importance: ui.Answers{Middle: 2.5, Low: 2.1, High: 2.9, Text: "2,5 (2,1–2,9)"}, Effort: ui.Answers{Middle: 3.7, Low: 3.3, High: 4.2, Text: "3,7 (3,3–4,2)"}},
			{Letter: "E", Name: "Nieuw lokalenplan", Importance: ui.Answers{Middle: 1.7, Low: 1.4, High: 2, Text: "1,7 (1,4–2)"}, Effort: ui.Answers{Middle: 4.4, Low: 4.1, High: 4.7, Text: "4,4 (4,1–4,7)"}},
		},
	}
}
