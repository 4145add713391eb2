package web

import "leerkring/access"

// lasting are the pages of what a team follows and of what it keeps.
func lasting(m Rooms) []Route {
	f, g := m.Monitor, m.Agreement
	return []Route{
		{"GET", "/trajectories/{id}/monitor", access.Read, access.Count, SignedIn, f.Show},
		{"POST", "/trajectories/{id}/monitor/three", access.Create, access.Count, SignedIn, f.Three},
		{"POST", "/trajectories/{id}/monitor/moments", access.Create, access.Count, SignedIn, f.Arrange},
		{"GET", "/trajectories/{id}/monitor/moments/{moment}", access.Read, access.Count, SignedIn, f.Moment},
		{"POST", "/trajectories/{id}/monitor/moments/{moment}", access.Edit, access.Count, SignedIn, f.Hold},
		{"POST", "/trajectories/{id}/monitor/moments/{moment}/step", access.Edit, access.Count, SignedIn, f.Step},
		{"POST", "/trajectories/{id}/monitor/moments/{moment}/plan", access.Edit, access.Count, SignedIn, f.Rearrange},
		{"POST", "/trajectories/{id}/monitor/moments/{moment}/skip", access.Edit, access.Count, SignedIn, f.Skip},
		{"POST", "/trajectories/{id}/monitor/moments/{moment}/let-go", access.Edit, access.Count, SignedIn, f.LetGo},
		{"POST", "/trajectories/{id}/monitor/indicators", access.Create, access.Indicator, SignedIn, f.Follow},
		{"POST", "/trajectories/{id}/monitor/indicators/{indicator}", access.Edit, access.Indicator, SignedIn, f.Reword},
		{"POST", "/trajectories/{id}/monitor/indicators/{indicator}/retire", access.Remove, access.Indicator, SignedIn, f.Retire},

		{"GET", "/trajectories/{id}/bring/form", access.Create, access.Task, SignedIn, m.Bring.Show},
		{"POST", "/trajectories/{id}/bring", access.Create, access.Task, SignedIn, m.Bring.LookAt},
		{"POST", "/trajectories/{id}/bring/apply", access.Create, access.Task, SignedIn, m.Bring.Bring},
		{"POST", "/trajectories/{id}/bring/beside/{thing}", access.Create, access.Task, SignedIn, m.Bring.Beside},

		{"GET", "/trajectories/{id}/agreement", access.Read, access.AgreementPage, SignedIn, g.Show},
		{"GET", "/trajectories/{id}/agreement/edit", access.Edit, access.AgreementPage, SignedIn, g.Edit},
		{"POST", "/trajectories/{id}/agreement/words", access.Edit, access.AgreementPage, SignedIn, g.Words},
		{"POST", "/trajectories/{id}/agreement/care", access.Edit, access.AgreementPage, SignedIn, g.Arrange},
		{"POST", "/trajectories/{id}/agreement/lines", access.Create, access.AgreementPage, SignedIn, g.Propose},
		{"POST", "/trajectories/{id}/agreement/lines/{line}", access.Edit, access.AgreementPage, SignedIn, g.Reword},
		{"POST", "/trajectories/{id}/agreement/lines/{line}/settle", access.Settle, access.AgreementPage, SignedIn, g.Settle},
		{"POST", "/trajectories/{id}/agreement/lines/{line}/retire", access.Settle, access.AgreementPage, SignedIn, g.Retire},
		{"POST", "/trajectories/{id}/agreement/lines/{line}/place", access.Settle, access.AgreementPage, SignedIn, g.Place},
		{"POST", "/trajectories/{id}/agreement/kept", access.Edit, access.AgreementPage, SignedIn, g.Kept},
		{"POST", "/trajectories/{id}/agreement/version", access.Settle, access.AgreementPage, SignedIn, g.Fix},
		{"GET", "/trajectories/{id}/agreement/versions/{number}", access.Read, access.AgreementPage, SignedIn, g.Version},
		{"POST", "/trajectories/{id}/agreement/read", access.React, access.AgreementPage, SignedIn, g.Read},
		{"POST", "/trajectories/{id}/agreement/remarks", access.React, access.AgreementPage, SignedIn, g.Remark},
		{"POST", "/trajectories/{id}/agreement/remarks/{remark}/answer", access.Settle, access.AgreementPage, SignedIn, g.Answer},
		{"POST", "/trajectories/{id}/agreement/remarks/{remark}/withdraw", access.React, access.AgreementPage, SignedIn, g.Withdraw},
		{"POST", "/trajectories/{id}/agreement/care/{item}", access.Settle, access.AgreementPage, SignedIn, g.CareDone},
		{"POST", "/trajectories/{id}/agreement/check", access.Edit, access.AgreementPage, SignedIn, g.Check},
		{"POST", "/trajectories/{id}/agreement/let-go", access.Edit, access.AgreementPage, SignedIn, g.LetGo},
		{"GET", "/trajectories/{id}/agreement/evaluation", access.Read, access.AgreementPage, SignedIn, g.Evaluation},
		{"POST", "/trajectories/{id}/agreement/evaluation", access.Edit, access.AgreementPage, SignedIn, g.Evaluate},
	}
}
