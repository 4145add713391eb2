// Package media keeps the pictures that people put beside their words: a photo of the
// board, of a flip-over, of what hung on the wall. It checks them, stores them, and takes
// them away again.
//
// Words: a picture waits, for its maker alone, from the moment it was taken in until the
// words that it belongs to are accepted; then it has its place. Alt is what it shows, in
// words, for whoever does not see it.
//
// Promises: what a file is says its content, never its name. The number of pixels is read
// before anything is decoded, and few are decoded at once. What is kept is drawn anew:
// place, device, author and whatever else came along in the file are gone before anybody
// can fetch it, and the file as it came never touches a disk. A file is on disk before the
// row that points to it, and goes after that row. What waits longer than a day goes. A file
// that changed on disk is told, and never shown.
//
// Who may see a picture is not decided here: it is the right of the words beside it, asked
// by their room at each request.
package media
