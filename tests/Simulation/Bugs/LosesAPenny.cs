using FundingFlows.Contracts.Peer.V1;

namespace FundingFlows.Simulation;

/// <summary>Money that is split into lots loses a penny: the receiver makes a lot of a piece that was sent, and leaves a penny of it out.</summary>
internal sealed class LosesAPenny : Bug
{
    public override IReadOnlyList<Check> FoundBy => [Check.TransfersMatch, Check.FederationBalances];

    public override PeerService.PeerServiceBase Peers(Life life, Peers right) => new Careless(life, right);

    private sealed class Careless(Life life, Peers right) : CarelessPeers(life, right)
    {
        protected override async Task<DeliverResponse?> DeliverAsync(HostedBody body, CourierMessage message)
        {
            foreach (var delivery in message.Deliveries.Deliveries)
                await body.Sequencer.SubmitAsync(new Splitting(Read(message, delivery)), null, CancellationToken.None);
            // It was decided before, and is answered as it was.
            return null;
        }
    }

    private sealed record Splitting(ReceiveDelivery Right) : IOwnAct
    {
        public Decision Decide(Books books, Surroundings around)
        {
            var decision = Right.Decide(books, around);
            foreach (var lot in decision.Facts.Where(fact => fact.TransferReceived is not null).SelectMany(fact => fact.TransferReceived.Lots).Where(lot => lot.AmountPence > 1).Take(1))
                lot.AmountPence--;
            return decision;
        }
    }
}
