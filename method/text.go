package method

// Languages are the languages in which every text exists, the original first.
var Languages = []string{"nl", "en"}

// Text is one line for the reader in both languages. Sector tokens such as
// {leerling} stand in it as written; Words.Render fills them in.
type Text struct {
	NL string `yaml:"nl" json:"nl" pack:"required"`
	EN string `yaml:"en" json:"en" pack:"required"`
}

// In gives the text in a language; Dutch when the language is unknown.
func (t Text) In(lang string) string {
	if lang == "en" {
		return t.EN
	}
	return t.NL
}

// Empty says that nothing is written in either language.
func (t Text) Empty() bool { return t.NL == "" && t.EN == "" }
