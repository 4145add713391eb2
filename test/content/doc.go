// Package content holds the words of the product, all together, against what they were made from: every
// practice of the inventory has its place, and no sentence of the originals is ours.
package content
