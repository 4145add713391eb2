package session

import (
	"strconv"
	"strings"

	"leerkring/access"
	"leerkring/block/session"
	"leerkring/web/room"
	"leerkring/web/ui"
)

// AnswerProcess counts somebody's answer to how the session went.
func (rm *Room) AnswerProcess(r *room.Request) error {
	return rm.do(r, "session_answered", func(id string) error {
		f := r.Form()
		answer := f.Line("answer", 2)
		if err := f.Err(); err != nil {
			return err
		}
		n, _ := strconv.Atoi(answer) // what is no number is no answer
		return rm.Sessions.AnswerProcess(r.Ctx(), r.Who(), id, n)
	})
}

// processAnswers are the answers, in words.
func (p *closedPage) processAnswers() ui.Set {
	s := ui.Set{Name: "answer", Legend: p.r.T.T("session.process_ask"), Error: p.r.Error("answer"), Wide: true}
	for n := 1; n <= session.ProcessMost; n++ {
		value := strconv.Itoa(n)
		s.Options = append(s.Options, ui.Option{Value: value, Text: p.r.T.T("session.process_" + value), On: p.r.Was("answer", "") == value})
	}
	return s
}

// processSees says who can see an answer.
func (p *closedPage) processSees() (string, ui.Audience) {
	return p.r.Sees(access.VisibleTo(access.Object{Kind: access.ScanAnswer, BoardID: p.V.BoardID, SchoolID: p.V.SchoolID}, access.Audience{}))
}

// processMean is the figure as people write it.
func (p *closedPage) processMean() string {
	text := strconv.FormatFloat(p.Process.Mean, 'f', 1, 64)
	if p.r.T.Lang() == "nl" {
		text = strings.Replace(text, ".", ",", 1)
	}
	return text
}
