package demo

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"slices"

	"github.com/goccy/go-yaml"

	"leerkring/content"
)

// caseFile is one file such as content/demo/a-overgang.yaml: a trajectory and what happened in it, day
// by day. Days count from today: -30 is thirty days ago, 14 is in two weeks.
type caseFile struct {
	Key      string     `yaml:"key"`
	Title    string     `yaml:"title"`
	Question string     `yaml:"question"`
	Method   string     `yaml:"method"`
	Stage    string     `yaml:"stage"`
	Before   []before   `yaml:"before"`
	By       string     `yaml:"by"`
	Sponsor  string     `yaml:"sponsor"`
	Teams    []string   `yaml:"teams"`
	Closed   bool       `yaml:"closed"` // only those who take part read it
	Day      int        `yaml:"day"`
	People   []partFile `yaml:"people"`
	Covers   []string   `yaml:"covers"`
	Steps    []step     `yaml:"steps"`
}

type before struct {
	Stage string `yaml:"stage"`
	Text  string `yaml:"text"`
}

// partFile is somebody who takes part: a colleague by key, or a guest by name and address.
type partFile struct {
	Who   string `yaml:"who"`
	Name  string `yaml:"name"`
	Email string `yaml:"email"`
	Role  string `yaml:"role"`
	For   string `yaml:"for"`
	Days  int    `yaml:"days"` // a guest's last day
	Shows string `yaml:"shows"`
}

// step is one act of one person on one day. Exactly one of the acts is given; As names
// what it made for later steps.
type step struct {
	Day    int      `yaml:"day"`
	By     string   `yaml:"by"`
	As     string   `yaml:"as"`
	Covers []string `yaml:"covers"`

	Answer    *answerAct    `yaml:"answer"`
	Reply     *replyAct     `yaml:"reply"`
	React     *reactAct     `yaml:"react"`
	Ask       *askAct       `yaml:"ask"`
	EndRound  string        `yaml:"end_round"`
	Pupils    *pupilsAct    `yaml:"pupils"`
	Cluster   *clusterAct   `yaml:"cluster"`
	Choose    *chooseAct    `yaml:"choose"`
	Move      *moveAct      `yaml:"move"`
	Rest      *restAct      `yaml:"rest"`
	Gate      *gateAct      `yaml:"gate"`
	Source    *sourceAct    `yaml:"source"`
	Explain   *explainAct   `yaml:"explain"`
	Finding   *findingAct   `yaml:"finding"`
	Need      *needAct      `yaml:"need"`
	Promise   *promiseAct   `yaml:"promise"`
	Kept      *keptAct      `yaml:"kept"`
	Plan      *planAct      `yaml:"plan"`
	Action    *actionAct    `yaml:"action"`
	Hearing   *hearingAct   `yaml:"hearing"`
	Look      *lookAct      `yaml:"look"`
	PutUp     *putUpAct     `yaml:"put_up"`
	Adjust    *adjustAct    `yaml:"adjust"`
	Propose   *proposeAct   `yaml:"propose"`
	Say       *sayAct       `yaml:"say"`
	AnswerTo  *answerToAct  `yaml:"answer_to"`
	Decided   *decidedAct   `yaml:"decided"`
	Indicator *indicatorAct `yaml:"indicator"`
	Moment    *momentAct    `yaml:"moment"`
	Held      *heldAct      `yaml:"held"`
	Page      *pageAct      `yaml:"page"`
	Agree     *agreeAct     `yaml:"agree"`
	Care      *careAct      `yaml:"care"`
	Fix       string        `yaml:"fix"`
	Looked    *lookedAct    `yaml:"looked"`
	Meeting   *meetingAct   `yaml:"meeting"`
	Session   *sessionAct   `yaml:"session"`
}

type answerAct struct {
	To     string `yaml:"to"`
	Text   string `yaml:"text"`
	Kind   string `yaml:"kind"`
	Chip   string `yaml:"chip"`
	Source string `yaml:"source"`
	Other  bool   `yaml:"other"` // another sound
}

type replyAct struct {
	To   string `yaml:"to"`
	Text string `yaml:"text"`
}

type reactAct struct {
	Kind string `yaml:"kind"` // of what it is about
	To   string `yaml:"to"`
	Text string `yaml:"text"`
}

type askAct struct {
	Question string   `yaml:"question"`
	Form     string   `yaml:"form"`
	Audience string   `yaml:"audience"`
	Teams    []string `yaml:"teams"`
	Closes   int      `yaml:"closes"` // in so many days
}

type pupilsAct struct {
	Question string   `yaml:"question"`
	Say      []string `yaml:"say"`
}

type clusterAct struct {
	Title  string   `yaml:"title"`
	Body   string   `yaml:"body"`
	Vision int      `yaml:"vision"` // which line of the vision, from 1; 0 is none
	Of     []string `yaml:"of"`
}

type chooseAct struct {
	Focus  string `yaml:"focus"`
	State  string `yaml:"state"`
	Until  string `yaml:"until"`
	Reason string `yaml:"reason"`
}

type moveAct struct {
	To     string `yaml:"to"`
	Move   string `yaml:"move"`
	Reason string `yaml:"reason"`
}

type restAct struct {
	State  string `yaml:"state"`
	Reason string `yaml:"reason"`
	Days   int    `yaml:"days"`
}

type gateAct struct {
	Element string `yaml:"element"`
	Value   string `yaml:"value"`
	Note    string `yaml:"note"`
}

type sourceAct struct {
	Of          string   `yaml:"of"`
	Title       string   `yaml:"title"`
	Where       string   `yaml:"where"`
	Says        string   `yaml:"says"`
	Strength    string   `yaml:"strength"`
	Stance      string   `yaml:"stance"`
	Translation string   `yaml:"translation"`
	From        []string `yaml:"from"`
}

type explainAct struct {
	Text    string   `yaml:"text"`
	Whose   string   `yaml:"whose"`
	Lies    string   `yaml:"lies"`
	Present bool     `yaml:"present"`
	Behind  string   `yaml:"behind"`
	For     []string `yaml:"for"`
	Against []string `yaml:"against"`
}

type findingAct struct {
	Text     string   `yaml:"text"`
	ForWhom  string   `yaml:"for_whom"`
	HowOften string   `yaml:"how_often"`
	Tried    string   `yaml:"tried"`
	Keep     string   `yaml:"keep"`
	Proud    string   `yaml:"proud"`
	For      []string `yaml:"for"`
}

type needAct struct {
	Kind      string `yaml:"kind"`
	Text      string `yaml:"text"`
	Essential bool   `yaml:"essential"`
	Shared    bool   `yaml:"shared"`
	Asked     string `yaml:"asked"`
	Says      string `yaml:"says"`
}

type promiseAct struct {
	Need  string `yaml:"need"`
	To    string `yaml:"to"`
	Words string `yaml:"words"`
	Due   int    `yaml:"due"`
}

type keptAct struct {
	Need  string `yaml:"need"`
	Kept  bool   `yaml:"kept"`
	Words string `yaml:"words"`
}

type planAct struct {
	Why     string        `yaml:"why"`
	Goals   []goalFile    `yaml:"goals"`
	Actions []quickAction `yaml:"actions"`
	Core    []string      `yaml:"core"`
	Room    []string      `yaml:"room"`
}

type goalFile struct {
	Text    string   `yaml:"text"`
	Notice  string   `yaml:"notice"`
	Answers []string `yaml:"answers"` // keys of findings
}

type quickAction struct {
	Text  string `yaml:"text"`
	Who   string `yaml:"who"`
	When  string `yaml:"when"`
	Hours string `yaml:"hours"`
	Goal  int    `yaml:"goal"`
}

// actionAct is an action with its days, counted like those of a step.
type actionAct struct {
	Text  string `yaml:"text"`
	Owner string `yaml:"owner"`
	Who   string `yaml:"who"`
	From  int    `yaml:"from"`
	To    int    `yaml:"to"`
	When  string `yaml:"when"`
	Hours string `yaml:"hours"`
	Goal  int    `yaml:"goal"` // which goal of the plan, from 1
}

// hearingAct says who hears what of the plan.
type hearingAct struct {
	Who  string `yaml:"who"`
	What string `yaml:"what"`
	On   int    `yaml:"on"`
	When string `yaml:"when"`
}

// lookAct is a moment to look back that stands in the plan.
type lookAct struct {
	On       int    `yaml:"on"`
	Question string `yaml:"question"`
	How      string `yaml:"how"`
	Who      string `yaml:"who"`
}

type putUpAct struct {
	To     string `yaml:"to"`
	Reason string `yaml:"reason"`
}

type adjustAct struct {
	Reason string `yaml:"reason"`
	By     string `yaml:"by"`
}

type proposeAct struct {
	Title    string `yaml:"title"`
	Body     string `yaml:"body"`
	Plan     bool   `yaml:"plan"` // about the version that was put up last
	Audience string `yaml:"audience"`
	Closes   int    `yaml:"closes"`
}

type sayAct struct {
	About  string `yaml:"about"`
	Choice string `yaml:"choice"`
	Text   string `yaml:"text"`
}

type answerToAct struct {
	About string `yaml:"about"`
	Of    string `yaml:"of"`
	Text  string `yaml:"text"`
}

type decidedAct struct {
	About   string `yaml:"about"`
	Outcome string `yaml:"outcome"`
	Reason  string `yaml:"reason"`
}

type indicatorAct struct {
	Kind string `yaml:"kind"`
	Body string `yaml:"body"`
	Unit string `yaml:"unit"`
}

type momentAct struct {
	On       int    `yaml:"on"`
	Question string `yaml:"question"`
	Minutes  int    `yaml:"minutes"`
	How      string `yaml:"how"`
}

type heldAct struct {
	Moment   string            `yaml:"moment"`
	Totals   map[string][2]int `yaml:"totals"`
	Seen     string            `yaml:"seen"`
	Helped   string            `yaml:"helped"`
	Hindered string            `yaml:"hindered"`
	Follows  string            `yaml:"follows"`
	Next     string            `yaml:"next"`
	Rival    string            `yaml:"rival"`
	Convince string            `yaml:"convince"`
	Found    string            `yaml:"found"`
}

type pageAct struct {
	Title    string   `yaml:"title"`
	Sentence string   `yaml:"sentence"`
	Steps    []string `yaml:"steps"`
}

type agreeAct struct {
	Kind    string `yaml:"kind"`
	Body    string `yaml:"body"`
	Quality string `yaml:"quality"`
}

type careAct struct {
	Caretaker string `yaml:"caretaker"`
	Hours     string `yaml:"hours"`
	Doing     string `yaml:"doing"`
	StandIn   string `yaml:"stand_in"`
	Review    int    `yaml:"review"`
	Meeting   string `yaml:"meeting"`
	Often     string `yaml:"often"`
	Buddy     string `yaml:"buddy"`
	Reading   string `yaml:"reading"`
}

type lookedAct struct {
	Well      string `yaml:"well"`
	Otherwise string `yaml:"otherwise"`
	Problem   string `yaml:"problem"`
	Rest      string `yaml:"rest"`
	Outcome   string `yaml:"outcome"`
}

type meetingAct struct {
	In       int        `yaml:"in"` // days from the day of the step
	Minutes  int        `yaml:"minutes"`
	Place    string     `yaml:"place"`
	Bring    string     `yaml:"bring"`
	Keeper   string     `yaml:"keeper"`
	Items    []itemFile `yaml:"items"`
	Notes    []noteFile `yaml:"notes"` // of an hour that was held
	Agreed   []string   `yaml:"agreed"`
	TaskWho  string     `yaml:"task_who"`
	TaskText string     `yaml:"task_text"`
}

type itemFile struct {
	Part     string `yaml:"part"`
	Question string `yaml:"question"`
	Reason   string `yaml:"reason"`
	Minutes  int    `yaml:"minutes"`
}

type noteFile struct {
	Item int    `yaml:"item"` // from 1
	By   string `yaml:"by"`
	Text string `yaml:"text"`
}

// readCases reads the trajectories of the demo.
func readCases() ([]caseFile, error) {
	names, err := fs.Glob(content.FS, "demo/?-*.yaml")
	if err != nil {
		return nil, err
	}
	var out []caseFile
	for _, name := range names {
		raw, err := fs.ReadFile(content.FS, name)
		if err != nil {
			return nil, err
		}
		var c caseFile
		if err := yaml.UnmarshalWithOptions(raw, &c, yaml.Strict()); err != nil {
			return nil, fmt.Errorf("%s: %w", path.Base(name), err)
		}
		out = append(out, c)
	}
	return out, nil
}

// scene is a step in its case; without a step, the case begins.
type scene struct {
	of   int // which case
	day  int
	step *step
	n    int // which step, from 1, for messages
}

// inOrder is everything that happened, in the order of the days.
func inOrder(cases []caseFile) []scene {
	var out []scene
	for i, c := range cases {
		out = append(out, scene{of: i, day: c.Day})
		for n := range c.Steps {
			out = append(out, scene{of: i, day: c.Steps[n].Day, step: &c.Steps[n], n: n + 1})
		}
	}
	slices.SortStableFunc(out, func(a, b scene) int { return cmp.Compare(a.day, b.day) })
	return out
}
