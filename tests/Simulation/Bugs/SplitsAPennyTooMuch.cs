using System.Reflection;
using FundingFlows.Contracts.Peer.V1;

namespace FundingFlows.Simulation;

/// <summary>A standing instruction splits what came so that its first share is a penny too much.</summary>
internal sealed class SplitsAPennyTooMuch : Bug
{
    public override IReadOnlyList<Check> FoundBy => [Check.SharesOnce];

    public override PeerService.PeerServiceBase Peers(Life life, Peers right) => new Careless(life, right);

    private sealed class Careless(Life life, Peers right) : CarelessPeers(life, right)
    {
        protected override async Task<DeliverResponse?> DeliverAsync(HostedBody body, CourierMessage message)
        {
            foreach (var delivery in message.Deliveries.Deliveries)
                await await body.Sequencer.DecideAsync([new Submission(Read(message, delivery), null) { Look = (books, _) => Spoil(books.Standing) }], CancellationToken.None, alone: true);
            // It was decided before, and is answered as it was.
            return null;
        }

        /// <summary>Between the receipt and what is done because of it: what is to be passed on is known only inside the rules.</summary>
        private static void Spoil(StandingBook standing)
        {
            if (typeof(StandingBook).GetProperty("ToPassOn", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(standing) is { } money)
                ((long[])money.GetType().GetProperty("Pence")!.GetValue(money)!)[0]++;
        }
    }
}
