package pdf

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"

	"leerkring/internal/paper"
)

func sample() paper.Document {
	t := paper.Text
	d := paper.Document{Title: "Verbeterplan: Feedback in elke les", Language: "nl-NL", Creator: "Het Baken College", Made: time.Date(2026, 4, 2, 9, 0, 0, 0, time.UTC),
		Sheet: paper.A4, Accent: paper.Colour{R: 0x2A, G: 0x39, B: 0x85}, Head: paper.Running{Left: "Het Baken College", Right: "Verbeterplan"}, Foot: paper.Running{Left: "Versie 3 van 2 april 2026"},
		Pages: paper.Numbering{Before: "Pagina ", Between: " van "}}
	d.Blocks = []paper.Block{
		paper.Paragraph{Line: t("Team vmbo-t, leerjaar 3"), Style: paper.Small},
		paper.Heading{Level: 1, Text: "Feedback in elke les"},
		paper.Paragraph{Line: t("Vier van de tien leerlingen weten niet hoe ze een onvoldoende kunnen ophalen. Daarom hoort straks elke leerling wat de volgende stap is."), Style: paper.Lead},
		paper.Heading{Level: 2, Text: "Doelen"},
		paper.Heading{Level: 3, Text: "Doel 1"},
		paper.Paragraph{Line: t("Elke leerling hoort of ziet in elke les één volgende stap."), Style: paper.Voice},
		paper.Paragraph{Line: paper.Line{{Text: "We merken het aan: ", Bold: true}, {Text: "zeven van de tien", Italic: true}, {Text: " leerlingen zeggen het. Lees "}, {Text: "het onderzoek van de sectie", Link: "https://example.org/onderzoek?a=1&b=(2)"}, {Text: " erbij, als dat helpt. 😀 Łódź, Αθήνα, Київ."}}},
		paper.List{Items: []paper.Line{t("Eerste punt van de lijst met punten"), t("Tweede punt dat heel lang is en daarom over meer dan één regel gaat, want zo zijn mensen nu eenmaal: ze schrijven door.")}},
		paper.Heading{Level: 2, Text: "Acties"},
	}
	tab := paper.Table{Caption: "Acties per doel", Head: []string{"Wat", "Wie", "Wanneer"}, Shares: []int{6, 3, 2}, Rows: []paper.Row{{Group: "Voor doel 1"}}}
	for range 24 {
		tab.Rows = append(tab.Rows, paper.Row{Cells: []paper.Line{t("Elke les eindigt met ‘mijn volgende stap’, en we schrijven op wat dat opleverde"), t("Daan de Vries en iedereen in leerjaar 3"), t("13 april – 22 mei")}})
	}
	tab.Rows = append(tab.Rows, paper.Row{Group: "Voor doel 2"}, paper.Row{Cells: []paper.Line{t("Nog één"), nil, nil}})
	d.Blocks = append(d.Blocks, tab,
		paper.Heading{Level: 2, Text: "Vast en vrij"},
		paper.Columns{Framed: true, Columns: []paper.Column{
			{Tone: paper.Tinted, Blocks: []paper.Block{paper.Heading{Level: 3, Text: "Dit doet iedereen"}, paper.List{Mark: paper.Square, Items: []paper.Line{t("Je staat bij je deur als de bel gaat."), t("Gaat het mis? Eén zin, één keer. Daarna haal je een collega.")}}}},
			{Blocks: []paper.Block{paper.Heading{Level: 3, Text: "Dit kies je zelf"}, paper.List{Mark: paper.Ring, Items: []paper.Line{t("Hoe je groet: hand, knik of een vraag.")}}}},
		}},
		paper.Moments{Items: []paper.Moment{{When: "13 april", What: "We beginnen", Note: "alle klassen 3"}, {When: "7 mei", What: "Lukt het?", Note: "20 min, overleg", Look: true}, {When: "4 juni", What: "Merken leerlingen het?", Note: "gesprek met acht leerlingen", Look: true}}},
		paper.Columns{Framed: true, Columns: []paper.Column{{Tone: paper.Pale, Blocks: []paper.Block{paper.Paragraph{Line: t("Een kader met een tip.")}}}}},
		paper.Paragraph{Line: t(strings.Repeat("lang", 90))},
		paper.Heading{Level: 3, Text: "Nieuw hier? Zet je naam en stel één vraag."},
		paper.WriteOn{Lines: 4},
	)
	return d
}

func poster() paper.Document {
	d := sample()
	t := paper.Text
	d.Sheet, d.OnePage, d.Head, d.Pages = paper.A3, true, paper.Running{}, paper.Numbering{}
	d.Blocks = []paper.Block{
		paper.Columns{Columns: []paper.Column{
			{Share: 3, Blocks: []paper.Block{paper.Paragraph{Line: t("Team vmbo-t, leerjaar 3"), Style: paper.Small}, paper.Heading{Level: 1, Text: "Feedback in elke les"}, paper.Paragraph{Style: paper.Lead, Line: t("Vier van de tien leerlingen weten niet hoe ze een onvoldoende kunnen ophalen. Daarom hoort straks elke leerling wat de volgende stap is.")}}},
			{Share: 2, Blocks: []paper.Block{paper.Circle{Stages: []string{"Verken", "Verdiep", "Besluit", "Doe & monitor", "Borg"}, Now: 3, Middle: "We doen het nu", Says: "We zijn in fase 4 van 5."}}}}},
		paper.Divider{},
		paper.Columns{Columns: []paper.Column{
			{Blocks: []paper.Block{paper.Heading{Level: 3, Text: "Doel 1"}, paper.Paragraph{Style: paper.Lead, Line: t("Elke leerling hoort of ziet in elke les één volgende stap.")}}},
			{Blocks: []paper.Block{paper.Heading{Level: 3, Text: "Doel 2"}, paper.Paragraph{Style: paper.Lead, Line: t("Leerlingen stellen zelf een gerichte vraag over hun werk.")}}}}},
		paper.Columns{Framed: true, Columns: []paper.Column{
			{Tone: paper.Strong, Blocks: []paper.Block{paper.Heading{Level: 2, Text: "Dit doet iedereen"}, paper.List{Mark: paper.Square, Items: []paper.Line{t("Je staat bij je deur als de bel gaat."), t("Gaat het mis? Eén zin, één keer. Daarna haal je een collega.")}}}},
			{Blocks: []paper.Block{paper.Heading{Level: 2, Text: "Dit kies je zelf"}, paper.List{Mark: paper.Ring, Items: []paper.Line{t("Hoe je groet: hand, knik of een vraag.")}}}}}},
		paper.Moments{Items: []paper.Moment{{When: "13 april", What: "We beginnen", Note: "alle klassen 3"}, {When: "7 mei", What: "Lukt het?", Note: "20 min, overleg", Look: true}, {When: "11–29 mei", What: "Bij elkaar kijken", Note: "in tweetallen"}, {When: "4 juni", What: "Merken leerlingen het?", Note: "gesprek met acht leerlingen", Look: true}, {When: "2 juli", What: "Houden of stoppen?", Note: "hele team", Look: true}}},
		paper.Columns{Framed: true, Columns: []paper.Column{{Tone: paper.Pale, Blocks: []paper.Block{paper.Heading{Level: 2, Text: "Plak hier wat lukt"}, paper.Paragraph{Style: paper.Small, Line: t("Klein mag. Ook als het half lukte.")}, paper.Spots{Count: 5}}}}},
	}
	return d
}

func TestTheSameDocumentIsTheSameFile(t *testing.T) {
	for name, d := range map[string]paper.Document{"plan": sample(), "poster": poster()} {
		var a, b bytes.Buffer
		if err := Write(&a, d); err != nil {
			t.Fatal(err)
		}
		if err := Write(&b, d); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(a.Bytes(), b.Bytes()) {
			t.Error("two files differ")
		}
		if dir := os.Getenv("PDF_OUT"); dir != "" {
			_ = os.WriteFile(dir+"/"+name+".pdf", a.Bytes(), 0o644)
		}
	}
}
