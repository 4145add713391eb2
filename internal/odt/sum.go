package odt

import "hash/crc32"

func sum(s string) uint32 { return crc32.ChecksumIEEE([]byte(s)) }
