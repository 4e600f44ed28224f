using FundingFlows.Contracts.Agreements.V1;
using FundingFlows.Contracts.Allocation.V1;
using FundingFlows.Contracts.Ledger.V1;
using FundingFlows.Contracts.Programmes.V1;

namespace FundingFlows.Tiers.Tests;

/// <summary>What a programme needs, in few words: a fund, money from a source, awards by hand or by a recorded run, and what came of it.</summary>
internal sealed class Programme(TestFederation federation)
{
    public const int LastYear = Officers.Year + 9;

    private Officers Officers => federation.Officers;

    /// <summary>A fund of ten years, all of it one kind and for one thing. Answers with its id.</summary>
    public async Task<string> OpenAsync(string body, string name, string title, Kind kind, params Earmark[] earmarks)
    {
        var request = new OpenFundRequest
        {
            Body = body,
            CommandId = Officers.NewId(),
            Name = name,
            Title = title,
            Purpose = "A programme for tests.",
            Years = new YearWindow { FirstYear = Officers.Year, LastYear = LastYear },
            Split = { new SplitShare { Kind = kind, BasisPoints = 10_000, Earmarks = { earmarks.Select(earmark => earmark.Name) } } },
            Earmarks = { earmarks },
        };
        return (await new ProgrammeService.ProgrammeServiceClient(federation.ToBody(body)).OpenFundAsync(request, Officers.At(body))).Terms.Fund;
    }

    public async Task IssueAsync(string fund, SourceKind kind, string reference, long pence)
    {
        var body = fund.Split('.')[0];
        await new ProgrammeService.ProgrammeServiceClient(federation.ToBody(body)).IssueMoneyAsync(
            new IssueMoneyRequest { Body = body, CommandId = Officers.NewId(), Fund = fund, Source = new Source { Kind = kind, Reference = reference }, AmountPence = pence },
            Officers.At(body));
    }

    /// <summary>Offers an award and has it accepted. Answers with its id.</summary>
    public async Task<string> AwardAsync(string funder, string recipient, string fund, params IReadOnlyList<Promise> promises)
    {
        var request = new OfferAwardRequest { Body = funder, CommandId = Officers.NewId(), Recipient = recipient, Fund = fund, Promises = { promises } };
        var award = (await new AwardService.AwardServiceClient(federation.ToBody(funder)).OfferAwardAsync(request, Officers.At(funder))).Award.Id;
        await AcceptAsync(recipient, award);
        return award;
    }

    /// <summary>Awards one promise of this year, releases it, and waits until it has come.</summary>
    public async Task FundAsync(string funder, string recipient, string fund, Kind kind, long pence, params string[] earmarks)
    {
        var award = await AwardAsync(funder, recipient, fund, Promise(Officers.Year, kind, pence, earmarks));
        await Officers.SettledAsync(await Officers.ReleaseAsync(award, kind, pence, earmarks));
    }

    /// <summary>Records a run, offers awards of all of it in one command, and has them accepted. Answers with what each gets.</summary>
    public async Task<IReadOnlyList<RecipientShare>> ShareOutAsync(string body, string fund, Formula formula, IReadOnlyList<PotLine> pot, IndicatorTables tables)
    {
        var client = new AllocationService.AllocationServiceClient(federation.ToBody(body));
        var record = new RecordAllocationRequest { Body = body, CommandId = Officers.NewId(), Fund = fund, Formula = formula, Pot = { pot }, Indicators = tables };
        var run = (await client.RecordAllocationAsync(record, Officers.At(body))).Allocation.Id;
        await client.AwardAllocationAsync(new AwardAllocationRequest { Body = body, CommandId = Officers.NewId(), Allocation = run }, Officers.At(body));
        var shares = (await client.ListAllocationSharesAsync(new ListAllocationSharesRequest { Body = body, Allocation = run })).Shares;
        foreach (var share in shares.Where(share => share.Award.Length > 0))
            await AcceptAsync(share.Recipient, share.Award);
        return shares;
    }

    /// <summary>What a body has left of a fund, by the source that it first came from.</summary>
    public async Task<IReadOnlyList<(SourceKind Kind, string Reference, long Pence)>> SourcesAsync(string body, string fund)
    {
        var lots = (await new LedgerService.LedgerServiceClient(federation.ToBody(body)).ListLotsAsync(new ListLotsRequest { Body = body, Fund = fund })).Lots;
        return [.. lots.GroupBy(lot => (lot.Source.Kind, lot.Source.Reference)).Select(same => (same.Key.Kind, same.Key.Reference, same.Sum(lot => lot.RemainingPence)))];
    }

    public static Promise Promise(int year, Kind kind, long pence, params string[] earmarks) => new() { FinancialYear = year, Kind = kind, AmountPence = pence, Earmarks = { earmarks } };

    private async Task AcceptAsync(string recipient, string award)
    {
        await Officers.AwardAsync(recipient, award, _ => true);
        await Officers.AcceptAsync(recipient, award);
    }
}
