using FundingFlows.Contracts.Agreements.V1;
using FundingFlows.Contracts.Payments.V1;
using FundingFlows.Contracts.Transfers.V1;

namespace FundingFlows.Local;

/// <summary>Payments, one refund and one repayment of underspend. Payees and payments are invented.</summary>
internal sealed class Spending(Topology topology, IReadOnlyList<PublishedAward> awards, Office office)
{
    private readonly Funding funding = new(office);
    private readonly Approving approving = new(topology, office);

    private string Place => $"{topology.Root.Id}.{PlaceFund.Name}";

    /// <summary>Every body that has money of the two funds pays some of it out. Answers with a forum's payment, to be followed.</summary>
    /// <param name="kept">What of the Place Fund each body was given to keep, by line.</param>
    public async Task<string> PlayAsync(IReadOnlyDictionary<string, IReadOnlyDictionary<PromisedLine, long>> kept, CancellationToken cancellation)
    {
        var payment = await PayAsync(
            body => [.. kept.TryGetValue(body.Id, out var held) ? SampleBills.OfPlaceFund(topology, body, held) : [], .. SampleBills.OfAwards(topology, body, awards)], cancellation);
        await RepayAsync(cancellation);
        return payment;
    }

    /// <summary>The same of the awards alone.</summary>
    public Task<string> PlayAwardsAsync(CancellationToken cancellation) => PayAsync(body => SampleBills.OfAwards(topology, body, awards), cancellation);

    /// <summary>What a body pays follows from what it was given, not from what it has: in a year that is played again, others may have its books.</summary>
    private async Task<string> PayAsync(Func<TopologyBody, IEnumerable<Bill>> billsOf, CancellationToken cancellation)
    {
        var followed = new SortedDictionary<string, Payment>(StringComparer.Ordinal);
        await Chapters.ForEachAsync(topology.Bodies.Where(body => body.Tier >= Tier.Council), async (body, stop) =>
        {
            var paid = await approving.PayAsync(body.Id, [.. billsOf(body)], stop);
            if (paid.Count == 0)
                return;
            lock (followed)
                followed.Add(body.Tier == Tier.NeighbourhoodForum ? body.Id : "~" + body.Id, paid[0]);
        }, cancellation);
        if (followed.Count == 0)
            throw new LocalException("Nobody in this topology has anything to spend: it needs councils or forums that are funded.");
        var (payer, payment) = followed.First();
        await office.PlayProjectAsync(payer.TrimStart('~'), payment.Project, cancellation);
        await approving.PayTwiceAsync(payer.TrimStart('~'), payment, cancellation);
        await RefundAsync(payer.TrimStart('~'), payment, cancellation);
        return payment.Id;
    }

    private Task RefundAsync(string body, Payment payment, CancellationToken cancellation) => office.AskAsync(
        body, OfficerRoles.Preparer,
        options => office.Payments.RefundPaymentAsync(
            new RefundPaymentRequest
            {
                Body = body,
                CommandId = office.CommandId($"refund {payment.Id}"),
                Payment = payment.Id,
                AmountPence = Math.Min(SampleBills.RefundPence, payment.AmountPence),
                Narrative = "Illustration: some of the materials went back to the shop.",
            },
            options),
        cancellation);

    /// <summary>A council without forums sends back what only forums may spend.</summary>
    private async Task RepayAsync(CancellationToken cancellation)
    {
        var council = topology.OfTier(Tier.Council).FirstOrDefault(body => body.FundedBy.Count > 0 && !topology.FundedFrom(body.Id).Any());
        if (council is null)
            return;
        var awards = await office.ReadAsync(council.Id, options => office.Awards.ListAwardsAsync(new ListAwardsRequest { Body = council.Id }, options), cancellation);
        var award = awards.Awards.FirstOrDefault(award => award.Terms.Fund == Place && award.Recipient == council.Id);
        if (award is null)
            return;
        var line = PlaceFund.Neighbourhood;
        var promised = award.Promises.First(one => one.Promise.Kind == line.Kind && one.Promise.Earmarks.SequenceEqual(line.Earmarks));
        var repaid = await office.AskAsync(
            council.Id, OfficerRoles.Approver,
            options => office.Transfers.RepayUnderspendAsync(
                new RepayUnderspendRequest
                {
                    Body = council.Id,
                    CommandId = office.CommandId($"repay {award.Id}"),
                    Award = award.Id,
                    Kind = line.Kind,
                    Earmarks = { line.Earmarks },
                    AmountPence = promised.Promise.AmountPence,
                },
                options),
            cancellation);
        await funding.ArriveAsync(repaid.Transfer, cancellation);
    }
}
