package datetimemod

import (
	"testing"
	"time"
)

// TestDays counts all days there are beside package time.
func TestDays(t *testing.T) {
	day := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
	for n := int64(1); n <= maxOrdinal; n++ {
		want := [3]int64{int64(day.Year()), int64(day.Month()), int64(day.Day())}
		var got [3]int64
		if dayOf(n, &got); got != want || ordinal(&got) != n || !validDay(got) {
			t.Fatalf("day %d is %v, want %v", n, got, want)
		}
		day = day.AddDate(0, 0, 1)
	}
	for _, d := range [][3]int64{{0, 1, 1}, {10000, 1, 1}, {2023, 2, 29}, {1900, 2, 29}, {2024, 2, 30}, {2024, 4, 31}, {2024, 0, 1}, {2024, 13, 1}, {2024, 1, 0}, {2024, 12, 32}} {
		if validDay(d) {
			t.Errorf("%v is no day", d)
		}
	}
}

// TestISO reads what is written.
func TestISO(t *testing.T) {
	for _, s := range []string{"2024-02-29 00:00:00", "0001-01-01 23:59:59.000001", "9999-12-31 12:34:56.654321"} {
		if m, ok := parseISO(s); !ok || m.text(' ') != s {
			t.Errorf("%s is read as %v, %v", s, m, ok)
		}
	}
	for _, s := range []string{"", "2024-02-30", "2024-2-29", "2024-02-29T", "2024-02-29x10:00", "2024-02-29T24:00", "2024-02-29T10-00", "2024-02-29T10:00:00,123456", "2024-02-29T10:00:0a", "+024-02-29"} {
		if m, ok := parseISO(s); ok {
			t.Errorf("%s is read as %v", s, m)
		}
	}
}
