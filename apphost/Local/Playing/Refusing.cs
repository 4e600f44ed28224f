using FundingFlows.Contracts.Ledger.V1;
using Google.Rpc;

namespace FundingFlows.Local;

/// <summary>One attempt against each kind of ring-fence of a fund. Each must be refused; one that is not ends the run.</summary>
internal sealed class Refusing(Topology topology, Office office, string fund)
{
    private sealed record Held(TopologyBody Body, IReadOnlyList<LineAccounts> Lines)
    {
        public long Cash(Func<Line, bool> of) => Lines.Where(line => of(line.Line)).Sum(line => line.Accounts.CashPence);
    }

    public async Task<IReadOnlyList<RefusedAttempt>> PlayAsync(CancellationToken cancellation)
    {
        var held = await Chapters.AllAsync([.. topology.Bodies.Where(body => body.Tier >= Tier.Council)], HeldAsync, cancellation);
        var refused = new List<RefusedAttempt>();
        foreach (var (what, body, bill, year) in Attempts(held))
            refused.Add(await TryAsync(what, body, bill, year, cancellation));
        return refused;
    }

    private async Task<Held> HeldAsync(TopologyBody body, CancellationToken cancellation) =>
        new(body, (await office.ReadAsync(body.Id, options => office.Ledger.ListAccountsAsync(new ListAccountsRequest { Body = body.Id }, options), cancellation)).Lines);

    /// <summary>For each ring-fence, a body that has enough money, but for it.</summary>
    private IEnumerable<(string What, TopologyBody Body, Bill Bill, int Year)> Attempts(IReadOnlyList<Held> held)
    {
        var forums = held.Where(one => one.Body.Tier == Tier.NeighbourhoodForum).ToList();
        var councils = held.Where(one => one.Body.Tier == Tier.Council).ToList();
        if (councils.Where(one => one.Cash(IsForForums) > 0).MaxBy(one => one.Cash(IsForForums)) is { } spender)
            yield return ("wants to spend neighbourhood-led money itself", spender.Body, Bill(spender, Kind.Capital, "high-street", spender.Cash(line => line.Fund == fund)), PlaceFund.Year);
        if (councils.Find(one => one.Cash(line => line.Fund == fund && line.Kind == Kind.Capital) > 0) is { } capital)
            yield return ("wants to pay running costs from capital", capital.Body, Bill(capital, Kind.Revenue, "advice-services", capital.Cash(line => line.Fund == fund)), PlaceFund.Year);
        if (forums.Find(one => one.Cash(line => line.Earmarks.Contains(PlaceFund.CapacityBuilding)) > 0) is { } forum)
            yield return ("wants to buy street lights with money for building capacity", forum.Body, Bill(forum, Kind.Revenue, "street-lights", forum.Cash(line => line.Fund == fund)), PlaceFund.Year);
        var leftBehind = new PlaceFund(topology).LeftBehindPlaces.ToHashSet();
        if (councils.Find(one => one.Cash(line => line.Earmarks.Contains(PlaceFund.LeftBehindAreas)) > 0 && !leftBehind.Contains(one.Body.Id)) is { } elsewhere)
            yield return ("wants to spend money for left-behind areas elsewhere", elsewhere.Body, Bill(elsewhere, Kind.Capital, "parks", elsewhere.Cash(line => line.Fund == fund && line.Kind == Kind.Capital)), PlaceFund.Year);
        if (councils.Find(one => one.Cash(line => line.Fund == fund) > 0) is { } late)
            yield return ("wants to spend after the fund's last year", late.Body, Bill(late, Kind.Capital, "high-street", late.Cash(line => line.Fund == fund)), PlaceFund.LastYear + 1);
        if (councils.Find(one => one.Cash(line => line.Fund != fund && line.Fund == LevellingUp) > 0) is { } other)
            yield return ("wants to use another fund's money", other.Body, Bill(other, Kind.Capital, "high-street", other.Cash(line => line.Fund == fund) + 1), PlaceFund.Year);
    }

    private string LevellingUp => $"{topology.Root.Id}.{SampleFunds.LevellingUpName}";

    private bool IsForForums(Line line) => line.Fund == fund && line.Earmarks.Contains(PlaceFund.NeighbourhoodLed);

    private Bill Bill(Held held, Kind kind, string category, long amountPence) => new(
        "refused", fund, kind, category, PlaceFund.PlaceOf(held.Body), SampleBills.PayeeOf("GB-COH", topology, held.Body), null, amountPence);

    private async Task<RefusedAttempt> TryAsync(string what, TopologyBody body, Bill bill, int year, CancellationToken cancellation)
    {
        var project = await office.ProjectAsync(body.Id, bill with { Step = $"refused {bill.Category}" }, cancellation);
        var request = bill.Request(body.Id, office.CommandId($"refused {body.Id} {what}"), project, year);
        try
        {
            await office.AskAsync(body.Id, OfficerRoles.Preparer, options => office.Payments.MakePaymentAsync(request, options), cancellation);
        }
        catch (RpcException refusal) when (refusal.StatusCode == StatusCode.FailedPrecondition)
        {
            var info = refusal.GetRpcStatus()?.GetDetail<ErrorInfo>();
            return new RefusedAttempt($"{body.Name} {what}", info?.Reason ?? "", info?.Metadata.GetValueOrDefault("ring_fence") ?? "", refusal.Status.Detail);
        }
        throw new LocalException($"{body.Name} {what}, and was not refused.");
    }
}
