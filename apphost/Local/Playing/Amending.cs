using FundingFlows.Contracts.Agreements.V1;

namespace FundingFlows.Local;

/// <summary>
/// Ten years are promised to an authority in one award. It is amended by agreement, to more in the years behind; a second amendment, to nothing in the
/// last of them, is declined. No money moves yet: the years are to come.
/// </summary>
internal sealed class Amending(Topology topology, Office office)
{
    public const string Name = "settlement";
    private const int First = PlaceFund.Year + 1, Years = 10, MoreFrom = 5;
    private const long YearlyPence = 2_000_000_00, MorePence = 2_500_000_00;

    private string Root => topology.Root.Id;

    public async Task PlayAsync(CancellationToken cancellation)
    {
        if (topology.OfTier(Tier.CombinedAuthority).FirstOrDefault(one => one.FundedBy.Contains(Root)) is not { Id: var recipient })
            return;
        await office.AskAsync(Root, OfficerRoles.ChiefFinanceOfficer, options => office.Programmes.OpenFundAsync(SampleFunds.Settlement(Root, office, First, Years), options), cancellation);
        var award = await OfferAsync(recipient, cancellation);
        await AnswerAsync(recipient, $"accept {award}", options => office.Awards.AcceptAwardAsync(
            new AcceptAwardRequest { Body = recipient, CommandId = office.CommandId($"accept {award}"), Award = award }, options), cancellation);
        await KnownAsync(award, found => found.State == AwardState.Accepted, cancellation);
        var more = await AmendAsync(award, "more in later years", year => year < First + MoreFrom ? YearlyPence : MorePence, cancellation);
        await AnswerAsync(recipient, more, options => office.Awards.AcceptAmendmentAsync(
            new AcceptAmendmentRequest { Body = recipient, CommandId = office.CommandId($"accept {more}"), Award = award, Amendment = more }, options), cancellation);
        await KnownAsync(award, found => found.Versions.Count == 2, cancellation);
        var less = await AmendAsync(award, "nothing in the last year", year => year == First + Years - 1 ? 0 : MorePence, cancellation);
        await AnswerAsync(recipient, less, options => office.Awards.DeclineAmendmentAsync(
            new DeclineAmendmentRequest { Body = recipient, CommandId = office.CommandId($"decline {less}"), Award = award, Amendment = less }, options), cancellation);
        await KnownAsync(award, found => found.Amendments.Any(one => one.State == AmendmentState.Declined), cancellation);
    }

    private async Task<string> OfferAsync(string recipient, CancellationToken cancellation)
    {
        var offer = new OfferAwardRequest
        {
            Body = Root,
            CommandId = office.CommandId($"offer {Name}"),
            Recipient = recipient,
            Fund = $"{Root}.{Name}",
            Promises = { Promised(_ => YearlyPence) },
        };
        return (await office.AskAsync(Root, OfficerRoles.Approver, options => office.Awards.OfferAwardAsync(offer, options), cancellation)).Award.Id;
    }

    private async Task<string> AmendAsync(string award, string step, Func<int, long> pence, CancellationToken cancellation)
    {
        var amend = new AmendAwardRequest { Body = Root, CommandId = office.CommandId($"amend {award}: {step}"), Award = award, Promises = { Promised(pence) } };
        return (await office.AskAsync(Root, OfficerRoles.Approver, options => office.Awards.AmendAwardAsync(amend, options), cancellation)).Recorded.Entry;
    }

    private Task AnswerAsync<T>(string recipient, string offer, Func<CallOptions, AsyncUnaryCall<T>> answer, CancellationToken cancellation)
        where T : class =>
        office.AskWhenItComesAsync(recipient, OfficerRoles.ChiefFinanceOfficer, answer, $"The offer {offer} at {recipient}", cancellation);

    private Task KnownAsync(string award, Func<Award, bool> isSo, CancellationToken cancellation) => office.UntilAsync(
        Root, options => office.Awards.GetAwardAsync(new GetAwardRequest { Body = Root, Award = award }, options), found => isSo(found.Award), $"The answer about {award}", cancellation);

    /// <summary>What is promised for each year; nothing for those of nothing.</summary>
    private static IEnumerable<Promise> Promised(Func<int, long> pence) => Enumerable.Range(First, Years).Where(year => pence(year) > 0)
        .Select(year => new Promise { FinancialYear = year, Kind = Kind.Either, AmountPence = pence(year) });
}
