package access

// May reports whether this person may do this to this object. It is the one
// place that decides, for pages, API, search, mentions, notifications, mail,
// live updates, feeds, exports, print and the text of errors.
//
// The order: another board sees nothing; a kind or action that the matrix does
// not name is for nobody; what is sealed is its owner's, what is frozen stays
// as it is; the owner's own column comes before the bans, every other grant after.
func May(who Who, action Action, object Object) bool {
	return judge(&who, action, &object).allowed
}

// verdict is an answer with its ground.
type verdict struct {
	allowed bool
	ground  ground
	column  column // which column gave or closed it
}

type ground uint8

const (
	byDefault ground = iota
	otherBoard
	noRule
	frozen
	sealed
	banned
	granted
)

func judge(w *Who, action Action, o *Object) verdict {
	if w.BoardID == "" || w.BoardID != o.BoardID {
		return verdict{ground: otherBoard}
	}
	if o.Kind >= kindCount || action >= actionCount || len(matrix.cells[o.Kind][action].grants) == 0 {
		return verdict{ground: noRule}
	}
	if o.Closed && matrix.kinds[o.Kind].frozen && frozenActs.has(action) {
		return verdict{ground: frozen}
	}
	c := &matrix.cells[o.Kind][action]
	held, f := place(w, o)
	if held.has(ownerColumn) && c.gives(ownerColumn.alone(), f) != 0 {
		return verdict{allowed: true, ground: granted, column: ownerColumn}
	}
	if o.Sealed && !held.has(ownerColumn) && sealedActs.has(action) {
		return verdict{ground: sealed}
	}
	for i := range c.bans {
		if b := &c.bans[i]; held.has(b.col) && !b.lifted(f) {
			return verdict{ground: banned, column: b.col}
		}
	}
	if by := c.gives(held&^ownerColumn.alone(), f); by != 0 {
		return verdict{allowed: true, ground: granted, column: by.first()}
	}
	return verdict{}
}

// gives returns which of the held columns give it.
func (c *cell) gives(held columns, f facts) columns {
	for i := range c.grants {
		g := &c.grants[i]
		if by := g.cols & held; by != 0 && f&g.need == g.need {
			return by
		}
	}
	return 0
}

func (b *ban) lifted(f facts) bool {
	for _, need := range b.unless {
		if f&need == need {
			return true
		}
	}
	return false
}

func (cs columns) first() column {
	for c := range columnCount {
		if cs.has(c) {
			return c
		}
	}
	return columnCount
}

// Explain answers as May does and says why, for tests and logs. The reason
// holds no id and no content, and is never shown to the person asking.
func Explain(who Who, action Action, object Object) (bool, string) {
	v := judge(&who, action, &object)
	what := object.Kind.String() + " · " + action.String() + ": "
	switch v.ground {
	case otherBoard:
		return false, what + "another board"
	case noRule:
		return false, what + "the matrix gives it to nobody"
	case frozen:
		return false, what + "closed, nothing changes any more"
	case sealed:
		return false, what + "sealed, only its owner sees it"
	case banned:
		return false, what + "closed to " + columnNames[v.column] + " (-!)"
	case granted:
		return true, what + "as " + columnNames[v.column]
	default:
		return false, what + "no column of this person gives it"
	}
}
