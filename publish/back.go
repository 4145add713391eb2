package publish

import (
	"sync"

	"leerkring/block/plan/takeover"
	"leerkring/internal/i18n"
)

// Signs that stand for what differs from plan to plan, where the words of a paper are asked.
const (
	value  = "\x01" // something that somebody wrote
	number = "\x02" // of a goal or a page
	word   = "\x03" // of a sector
)

// Forms are the words of the plan on paper in every language, so that a plan which comes back
// is known by them. They are made of the texts that the paper itself is made of.
var Forms = sync.OnceValue(func() []takeover.Form {
	c := i18n.Must(Texts)
	var out []takeover.Form
	for _, lang := range c.Languages() {
		out = append(out, formIn(c.Texts(lang, i18n.Words{"docenten": word, "leerlingen": word}, nil)))
	}
	return out
})

func formIn(t *i18n.Texts) takeover.Form {
	say := func(key string) string {
		return t.T("publish."+key, "kind", t.T("publish.plan"), "title", value, "date", value, "day", value, "who", value, "what", value, "how", value,
			"hours", value, "pilot", value, "number", number, "page", number, "pages", number)
	}
	all := func(keys ...string) []string {
		var out []string
		for _, k := range keys {
			out = append(out, say(k))
		}
		return out
	}
	return takeover.Form{
		Value: value, Number: number, Word: word,
		State:  all("state_concept", "state_discussed", "state_to_decision", "state_settled"),
		Around: all("plan", "plan_title", "page", "version_none", "version", "version_changed"),
		From:   all("from_plan_named", "from_plan"),
		Open:   all("who_open", "when_open", "day_open", "core_none", "room_none"),
		Why:    say("why"), Keep: say("keep"), Goals: say("goals"), Goal: say("goal"), Actions: say("actions"), Fixed: say("fixed"),
		Core: say("core"), Room: say("room"), Needs: say("needs"), Told: say("told"), Looks: say("looks"),
		Noticed: say("noticed"), Approach: say("chain_approach"), Teachers: say("chain_teachers"), Pupils: say("chain_pupils"), Result: say("chain_result"),
		ForGoal: say("for_goal"), ForNone: say("for_no_goal"), What: say("what"), Who: say("who"), When: say("when"), Stands: say("stands"),
		Hours: say("hours"), Pilot: say("pilot"), LookHow: say("look_how"), LookWho: say("look_who"),
		StartFew: all("start_pilot_with", "start_pilot"), StartAll: all("start_whole_with", "start_whole"), StartWith: all("start_with"),
	}
}
