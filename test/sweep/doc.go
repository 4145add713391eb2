// Package sweep looks at every page of the product, as it stands in the demo school and in
// a school that is still empty: judged by axe in four looks, read without script, and read
// again after somebody typed hostile words in every field. Which pages there are is read
// from the map of pages (web/routes.go) and from the links on the pages themselves.
package sweep
