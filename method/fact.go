package method

// Fact is something that the product sees by itself in a running trajectory.
// Gates are read off from facts and the coach waits for them, so that nobody
// ticks a box.
type Fact string

// Reading says what a fact comes out as.
type Reading string

// A state is met, partly or open. A number can be asked for with at_least; in
// a gate zero reads as open.
const (
	ReadsState  Reading = "state"
	ReadsNumber Reading = "number"
)

// FactMeaning is one line of the closed list.
type FactMeaning struct {
	ID    Fact
	Reads Reading
	Means string
}

// Facts is the closed list of what a pack may ask the product. Whoever adds a
// fact here also makes package trajectory or the coach able to tell it.
var Facts = []FactMeaning{
	{"choice_made", ReadsState, "the team chose this question together in a decision"},
	{"parked_list", ReadsState, "it is written down what waits because of the choice"},
	{"vision_linked", ReadsState, "the question is linked to a sentence of the vision"},
	{"no_vision_link", ReadsState, "no sentence of the vision is linked yet"},
	{"shared_time_condition", ReadsState, "a fixed shared hour is promised and timetabled"},
	{"teams_touched", ReadsNumber, "teams that the change touches"},
	{"teams_without_member", ReadsNumber, "touched teams that nobody in the group comes from"},
	{"solutions_without_explanation", ReadsNumber, "solutions noted while no explanation is named"},
	{"explanations", ReadsNumber, "explanations named so far"},
	{"explanations_about_present_approach", ReadsState, "most explanations point at the approach in use"},
	{"explanations_elsewhere_only", ReadsState, "every explanation lies with others"},
	{"findings_labelled", ReadsState, "findings say for whom, how often and what was tried"},
	{"evidence_per_explanation", ReadsState, "each explanation has evidence for and against"},
	{"reactions_from_outside", ReadsNumber, "colleagues outside the group who reacted to a finding"},
	{"sources_translated", ReadsState, "each source says what it means for our pupils"},
	{"sources_all_agree", ReadsState, "every source agrees with the first idea"},
	{"source_untranslated_days", ReadsNumber, "days that the oldest source waits for a translation"},
	{"chain_complete", ReadsState, "each action leads back to goal, finding and voice"},
	{"everyone_concerned_asked", ReadsState, "everybody concerned was asked and got a reply"},
	{"conditions_named", ReadsState, "each condition has a name and a date"},
	{"essential_condition_open_days", ReadsNumber, "days that an essential condition is open"},
	{"plan_fields_complete", ReadsState, "the plan says who, what, when, who hears and when we look"},
	{"actions_without_hours", ReadsNumber, "actions that nobody has hours for"},
	{"objection_open", ReadsNumber, "objections that still stand"},
	{"concern_unanswered_days", ReadsNumber, "days that the oldest worry waits for an answer"},
	{"joint_counts_mostly_met", ReadsState, "the last three joint counts were mostly as meant"},
	{"mechanism_seen", ReadsState, "the hoped-for change in pupils' work was seen"},
	{"rival_explanation", ReadsState, "another explanation of the result is named"},
	{"plan_changed_with_reason", ReadsState, "each change of the plan has its reason"},
	{"help_findable", ReadsState, "the group says that help was easy to find"},
	{"count_lower_twice", ReadsState, "the joint count fell at two moments in a row"},
	{"result_rises", ReadsState, "a result indicator was added or rises"},
	{"no_monitor_moment_weeks", ReadsNumber, "coming weeks without a monitor moment"},
	{"meetings_on_organising", ReadsNumber, "meetings in a row that went mostly to organising"},
	{"nothing_shared_weeks", ReadsNumber, "weeks in which nothing left the group"},
	{"changes_over_limit", ReadsNumber, "changes for one team above the agreed limit"},
	{"agreement_page_ready", ReadsState, "the agreement page is one page with a review date"},
	{"caretaker_with_stand_in", ReadsState, "a caretaker with hours and a stand-in is named"},
	{"recurring_agenda_item", ReadsState, "the theme is a recurring agenda item"},
	{"newcomer_buddy", ReadsState, "newcomers hear it from a colleague who does it"},
	{"no_check_half_year", ReadsState, "half a year secured and no check held"},
	{"looked_back", ReadsState, "the group looked back on this cycle together"},
	{"about_to_close", ReadsState, "the trajectory is about to close"},
	{"session_held", ReadsState, "a session of this stage was held to its end"},
	{"stage_begun_days", ReadsNumber, "days since the team came to this stage"},
	{"no_next_step_noted", ReadsState, "the meeting ends and no next step is noted"},
	{"feedback_opened_unanswered", ReadsState, "the receiver opened an answer and wrote nothing yet"},
}

// LookedBack tells that questions which say looked_back have their answer there.
const LookedBack Fact = "looked_back"

// meaningOf finds the meaning of a fact by its name.
func meaningOf(id Fact) (FactMeaning, bool) {
	m, ok := factByID[id]
	return m, ok
}

var factByID = func() map[Fact]FactMeaning {
	out := make(map[Fact]FactMeaning, len(Facts))
	for _, f := range Facts {
		out[f.ID] = f
	}
	return out
}()

func (Fact) values() []string {
	out := make([]string, len(Facts))
	for i, f := range Facts {
		out[i] = string(f.ID)
	}
	return out
}
