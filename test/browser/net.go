package browser

import (
	"github.com/chromedp/cdproto/network"
)

// Offline takes the network away from this person, or gives it back.
func (p *Person) Offline(away bool) {
	p.t.Helper()
	rules := network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: []*network.Conditions{}}
	if away {
		rules.MatchedNetworkConditions = append(rules.MatchedNetworkConditions,
			&network.Conditions{Offline: true, DownloadThroughput: -1, UploadThroughput: -1})
	}
	p.do("network", command(network.EmulateNetworkConditionsByRule, rules),
		command(network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: away, DownloadThroughput: -1, UploadThroughput: -1}))
}
