// Package demo makes Het Baken College: a fictional school with trajectories in every
// phase, through the same acts that the pages use. Its words are data files under
// content/demo; nothing of it is known to the product itself.
package demo
