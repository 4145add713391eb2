package live

import (
	"context"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
)

// Channel is where nodes on PostgreSQL tell each other that they wrote.
const Channel = "leerkring_journal"

// Listen calls wake for each notification on Channel, until ctx ends. It holds one
// plain connection, and makes it again when it breaks; what was said in between is
// found by wake too, because it is called after each connecting.
func Listen(ctx context.Context, address string, wake func(), log *slog.Logger) {
	const shortest, longest = 200 * time.Millisecond, 10 * time.Second
	pause := shortest
	for ctx.Err() == nil {
		heard, err := listenOnce(ctx, address, wake)
		if ctx.Err() != nil {
			return
		}
		if heard {
			pause = shortest
		}
		log.Warn("the line to the other nodes broke: live pages look every second", "error", err)
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
		pause = min(2*pause, longest)
	}
}

func listenOnce(ctx context.Context, address string, wake func()) (heard bool, err error) {
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		return false, err
	}
	defer hangUp(ctx, conn)
	if _, err := conn.Exec(ctx, "listen "+Channel); err != nil {
		return false, err
	}
	for {
		wake()
		if _, err := conn.WaitForNotification(ctx); err != nil {
			return true, err
		}
	}
}
