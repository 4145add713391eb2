// Package method reads ways of working from packs and knows what they mean.
//
// A pack is a folder of YAML: one file with its name, roles and order of
// stages, and one file for each stage with its questions, checks and gate. A
// school may write one itself, so everything here treats a pack as the work of
// a teacher and as the work of an attacker: a mistake is told with its file,
// line and the way to mend it, and no input makes the program stop.
//
// Words: a method is what a team walks, an instrument is what it asks or looks
// with, and both are packs. An element is anything with an id inside a pack. A
// fact is something the product can see by itself, such as whether a choice was
// made. A row is one practice of the inventory that an element carries out.
//
// Promises:
//   - A Pack that came out of Load and Check without problems is complete in
//     both languages and never changes. Callers must not change it either.
//   - Pack.Hash is the same for the same text, so a running trajectory points
//     to exactly what its team started with. Pack.Source gives that text and
//     FromSource reads it back.
//   - A pack names no person, gives no right and opens no address.
package method
