package access

// Sight is how much of a kind of thing a typical reader sees: what the paper for the
// council says, read off from the matrix itself.
type Sight uint8

// How much is seen, from nothing to all.
const (
	SeesNothing Sight = iota
	SeesNever         // and no other role lifts that
	SeesFigures       // totals, by the numbers of section 4
	SeesShared        // once the owner shared it
	SeesPresent       // who was there from the start
	SeesNamed         // who it concerns: the other of the two, who was asked
	SeesOpen          // while it is open, which is how trajectories and meetings begin
	SeesAll
)

// Reader is one of the typical readers of the paper.
type Reader uint8

// The readers.
const (
	ReaderOwner       Reader = iota
	ReaderParticipant        // takes part, and works at the school
	ReaderColleague          // works at the school
	ReaderLeader             // leads it, and works there
	ReaderBoard
	ReaderAdmin
	ReaderPrivacy
	readerCount
)

// Readers returns the typical readers, in order.
func Readers() []Reader {
	var all []Reader
	for r := range readerCount {
		all = append(all, r)
	}
	return all
}

var readerColumns = [readerCount]columns{
	ReaderOwner:       ownerColumn.alone(),
	ReaderParticipant: participantColumn.alone() | staffColumn.alone(),
	ReaderColleague:   staffColumn.alone(),
	ReaderLeader:      leaderColumn.alone() | staffColumn.alone(),
	ReaderBoard:       boardColumn.alone(),
	ReaderAdmin:       adminColumn.alone(),
	ReaderPrivacy:     privacyColumn.alone(),
}

// SightOf tells what a typical reader sees of a kind of thing that is somebody else's (or, for
// the owner, their own). It answers for the widest condition under which the matrix lets the
// reader in; a ban of the matrix comes before every grant but the owner's.
func SightOf(k Kind, r Reader) Sight {
	if k >= kindCount || r >= readerCount {
		return SeesNothing
	}
	held := readerColumns[r]
	read, total := &matrix.cells[k][Read], &matrix.cells[k][Aggregate]
	if r != ReaderOwner {
		for _, c := range []*cell{read, total} {
			for i := range c.bans {
				if b := &c.bans[i]; held.has(b.col) {
					return b.sight()
				}
			}
		}
	}
	seen := SeesNothing
	for i := range read.grants {
		if g := &read.grants[i]; g.cols&held != 0 {
			seen = max(seen, sightBy(g.need))
		}
	}
	if seen == SeesNothing && total.gives(held, ^facts(0)) != 0 {
		return SeesFigures
	}
	return seen
}

// sight is what a ban leaves: nothing ever, or what stands behind its "unless".
func (b *ban) sight() Sight {
	seen := SeesNever
	for _, need := range b.unless {
		seen = max(seen, sightBy(need))
	}
	return seen
}

// sightBy names a condition. What every reader of the column is anyway says nothing more.
func sightBy(need facts) Sight {
	switch {
	case need&(isShared|isCleared) != 0:
		return SeesShared
	case need&isPresent != 0:
		return SeesPresent
	case need&(ties|isMember|isOther|isSecond|isTimetabler|isUnsealed) != 0:
		return SeesNamed
	case need&isOpen != 0:
		return SeesOpen
	}
	return SeesAll
}
