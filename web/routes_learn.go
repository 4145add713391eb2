package web

import (
	"leerkring/access"
	"leerkring/block/evidence"
)

// learning are the pages of what a team knows and needs.
func learning(m Rooms) []Route {
	ev, c := m.Evidence, m.Condition
	return []Route{
		{"GET", "/trajectories/{id}/sources", access.Read, access.Evidence, SignedIn, ev.Show},
		{"POST", "/trajectories/{id}/sources", access.Create, access.Evidence, SignedIn, ev.Add(evidence.SourceKind)},
		{"GET", "/trajectories/{id}/sources/{item}", access.Read, access.Evidence, SignedIn, ev.One(evidence.SourceKind)},
		{"POST", "/trajectories/{id}/sources/{item}", access.Edit, access.Evidence, SignedIn, ev.Edit(evidence.SourceKind)},
		{"POST", "/trajectories/{id}/sources/{item}/translate", access.Edit, access.Evidence, SignedIn, ev.Translate},
		{"POST", "/trajectories/{id}/sources/{item}/remove", access.Remove, access.Evidence, SignedIn, ev.Remove(evidence.SourceKind)},
		{"POST", "/trajectories/{id}/sources/{item}/restore", access.Edit, access.Evidence, SignedIn, ev.Restore(evidence.SourceKind)},
		{"POST", "/trajectories/{id}/sources/{item}/let-go", access.Edit, access.Evidence, SignedIn, ev.LetGo(evidence.SourceKind)},

		{"POST", "/trajectories/{id}/explanations", access.Create, access.Finding, SignedIn, ev.Add(evidence.ExplanationKind)},
		{"GET", "/trajectories/{id}/explanations/{item}", access.Read, access.Finding, SignedIn, ev.One(evidence.ExplanationKind)},
		{"POST", "/trajectories/{id}/explanations/{item}", access.Edit, access.Finding, SignedIn, ev.Edit(evidence.ExplanationKind)},
		{"POST", "/trajectories/{id}/explanations/{item}/cite", access.Edit, access.Finding, SignedIn, ev.Cite(evidence.ExplanationKind)},
		{"POST", "/trajectories/{id}/explanations/{item}/remove", access.Remove, access.Finding, SignedIn, ev.Remove(evidence.ExplanationKind)},
		{"POST", "/trajectories/{id}/explanations/{item}/restore", access.Edit, access.Finding, SignedIn, ev.Restore(evidence.ExplanationKind)},
		{"POST", "/trajectories/{id}/explanations/{item}/let-go", access.Edit, access.Finding, SignedIn, ev.LetGo(evidence.ExplanationKind)},

		{"POST", "/trajectories/{id}/findings", access.Create, access.Finding, SignedIn, ev.Add(evidence.FindingKind)},
		{"GET", "/trajectories/{id}/findings/{item}", access.Read, access.Finding, SignedIn, ev.One(evidence.FindingKind)},
		{"POST", "/trajectories/{id}/findings/{item}", access.Edit, access.Finding, SignedIn, ev.Edit(evidence.FindingKind)},
		{"POST", "/trajectories/{id}/findings/{item}/cite", access.Edit, access.Finding, SignedIn, ev.Cite(evidence.FindingKind)},
		{"POST", "/trajectories/{id}/findings/{item}/share", access.Settle, access.Finding, SignedIn, ev.Share},
		{"POST", "/trajectories/{id}/findings/{item}/take-back", access.Settle, access.Finding, SignedIn, ev.TakeBack},
		{"POST", "/trajectories/{id}/findings/{item}/reactions", access.Create, access.Reaction, SignedIn, ev.React},
		{"POST", "/trajectories/{id}/findings/{item}/remove", access.Remove, access.Finding, SignedIn, ev.Remove(evidence.FindingKind)},
		{"POST", "/trajectories/{id}/findings/{item}/restore", access.Edit, access.Finding, SignedIn, ev.Restore(evidence.FindingKind)},
		{"POST", "/trajectories/{id}/findings/{item}/let-go", access.Edit, access.Finding, SignedIn, ev.LetGo(evidence.FindingKind)},

		{"POST", "/trajectories/{id}/attempts", access.Create, access.Evidence, SignedIn, ev.Add(evidence.AttemptKind)},
		{"GET", "/trajectories/{id}/attempts/{item}", access.Read, access.Evidence, SignedIn, ev.One(evidence.AttemptKind)},
		{"POST", "/trajectories/{id}/attempts/{item}", access.Edit, access.Evidence, SignedIn, ev.Edit(evidence.AttemptKind)},
		{"POST", "/trajectories/{id}/attempts/{item}/remove", access.Remove, access.Evidence, SignedIn, ev.Remove(evidence.AttemptKind)},
		{"POST", "/trajectories/{id}/attempts/{item}/restore", access.Edit, access.Evidence, SignedIn, ev.Restore(evidence.AttemptKind)},
		{"POST", "/trajectories/{id}/attempts/{item}/let-go", access.Edit, access.Evidence, SignedIn, ev.LetGo(evidence.AttemptKind)},

		{"GET", "/trajectories/{id}/conditions", access.Read, access.Condition, SignedIn, c.Show},
		{"POST", "/trajectories/{id}/conditions", access.Create, access.Condition, SignedIn, c.Add},
		{"POST", "/trajectories/{id}/conditions/waive", access.Promise, access.Condition, SignedIn, c.Waive},
		{"GET", "/conditions/{condition}", access.Read, access.Condition, SignedIn, c.One},
		{"POST", "/conditions/{condition}", access.Edit, access.Condition, SignedIn, c.Edit},
		{"POST", "/conditions/{condition}/ask", access.Edit, access.Condition, SignedIn, c.Ask},
		{"POST", "/conditions/{condition}/answer", access.Promise, access.Condition, SignedIn, c.Promise},
		{"POST", "/conditions/{condition}/mark", access.Settle, access.Condition, SignedIn, c.Mark},
		{"POST", "/conditions/{condition}/remove", access.Remove, access.Condition, SignedIn, c.Remove},
		{"POST", "/conditions/{condition}/restore", access.Edit, access.Condition, SignedIn, c.Restore},
	}
}
