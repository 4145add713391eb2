package ring

import (
	"strings"
	"testing"
)

// The outlines of the drawing that was agreed on: five sectors, the fourth is now.
var drawn = []string{
	"M12.99 -207.59A208 208 0 0 1 193.42 -76.51Q196.55 -68.07 187.99 -65.29L165.16 -57.87Q156.59 -55.09 153.38 -63.49A166 166 0 0 0 12.99 -165.49Q4 -165.95 4 -174.95L4 -198.96Q4 -207.96 12.99 -207.59Z",
	"M201.45 -51.79A208 208 0 0 1 132.53 160.31Q125.47 165.89 120.18 158.61L106.07 139.19Q100.78 131.91 107.78 126.25A166 166 0 0 0 161.4 -38.79Q159.07 -47.48 167.63 -50.26L190.46 -57.68Q199.02 -60.46 201.45 -51.79Z",
	"M111.51 175.58A208 208 0 0 1 -111.51 175.58Q-119 170.6 -113.71 163.31L-99.6 143.89Q-94.31 136.61 -86.77 141.52A166 166 0 0 0 86.77 141.52Q94.31 136.61 99.6 143.89L113.71 163.31Q119 170.6 111.51 175.58Z",
	"M-136.08 167.74A216 216 0 0 1 -208.69 -55.72Q-206.19 -64.37 -197.63 -61.58L-162.43 -50.15Q-153.87 -47.37 -156.28 -38.7A161 161 0 0 0 -103.69 123.17Q-96.64 128.77 -101.94 136.05L-123.69 165.98Q-128.98 173.27 -136.08 167.74Z",
	"M-192.43 -76.97A207.25 207.25 0 0 1 -13.74 -206.79Q-4.75 -207.2 -4.75 -198.19L-4.75 -175.69Q-4.75 -166.68 -13.73 -166.18A166.75 166.75 0 0 0 -153.81 -64.42Q-157.06 -56.02 -165.62 -58.81L-187.03 -65.76Q-195.59 -68.54 -192.43 -76.97Z",
}

func TestSegmentsAreTheAgreedDrawing(t *testing.T) {
	t.Parallel()
	states := []State{Visited, Visited, Visited, Now, Open}
	for i, want := range drawn {
		if got := Segment(5, i, states[i]); got != want {
			t.Errorf("segment %d\n got %s\nwant %s", i, got, want)
		}
	}
	const nowAtTheBottom = "M117.48 181.26A216 216 0 0 1 -117.48 181.26Q-124.93 176.21 -119.64 168.92L-97.89 138.99Q-92.6 131.71 -85.1 136.67A161 161 0 0 0 85.1 136.67Q92.6 131.71 97.89 138.99L119.64 168.92Q124.93 176.21 117.48 181.26Z"
	if got := Segment(5, 2, Now); got != nowAtTheBottom {
		t.Errorf("now at the bottom\n got %s\nwant %s", got, nowAtTheBottom)
	}
}

func TestLabelPathsAreTheAgreedDrawing(t *testing.T) {
	t.Parallel()
	want := []string{
		"M6.32 -180.89A181 181 0 0 1 170.08 -61.91",
		"M173.99 -49.89A181 181 0 0 1 111.43 142.63",
		"M-107.92 160A193 193 0 0 0 107.92 160",
		"M-111.43 142.63A181 181 0 0 1 -173.99 -49.89",
		"M-170.08 -61.91A181 181 0 0 1 -6.32 -180.89",
	}
	for i := range want {
		if got := LabelPath(5, i); got != want[i] {
			t.Errorf("label %d: got %s, want %s", i, got, want[i])
		}
	}
}

func TestNamesAtTheBottomAreTurned(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{
		3: ".x.", 4: ".xx.", 5: "..x..", 6: "..xx..", 7: "..xxx..",
	} {
		got := strings.Builder{}
		for i := range n {
			if Low(n, i) {
				got.WriteByte('x')
			} else {
				got.WriteByte('.')
			}
		}
		if got.String() != want {
			t.Errorf("%d sectors: got %s, want %s", n, got.String(), want)
		}
	}
}

func TestMiniIsTheAgreedDrawing(t *testing.T) {
	t.Parallel()
	want := []string{
		"M1.25 -8.91A9 9 0 0 1 8.09 -3.95", "M8.86 -1.56A9 9 0 0 1 6.25 6.47", "M4.23 7.95A9 9 0 0 1 -4.23 7.95",
		"M-6.25 6.47A9 9 0 0 1 -8.86 -1.56", "M-8.09 -3.95A9 9 0 0 1 -1.25 -8.91",
	}
	for i, got := range Mini(5) {
		if got != want[i] {
			t.Errorf("arc %d: got %s, want %s", i, got, want[i])
		}
	}
}

func TestSegmentsOfAllNumbersStayInTheBox(t *testing.T) {
	t.Parallel()
	for n := Fewest; n <= Most; n++ {
		for i := range n {
			for _, s := range []State{Open, Visited, Now} {
				d := Segment(n, i, s)
				if strings.Contains(d, "NaN") || strings.Count(d, "Q") != 4 || !strings.HasSuffix(d, "Z") {
					t.Errorf("%d of %d: %s", i, n, d)
				}
			}
			if room := LabelRoom(n, i); room < 120 {
				t.Errorf("%d of %d leaves %v for a name", i, n, room)
			}
		}
	}
}
