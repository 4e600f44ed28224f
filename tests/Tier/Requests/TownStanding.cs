using FundingFlows.Contracts.Agreements.V1;
using FundingFlows.Contracts.Programmes.V1;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>What the council passes on without a person: of a fund of its own, so that nothing else of the town is passed on.</summary>
public sealed partial class Town
{
    /// <summary>A fund of central government's.</summary>
    public const string Onward = "onward";

    /// <summary>Money that comes to the council and is passed on to nobody, and the award under which it could be.</summary>
    public string OnwardAward { get; private set; } = "";

    public string GivenAward { get; private set; } = "";

    /// <summary>Instructions of the council, set by somebody else: one that waits, one in force, and one that has stopped.</summary>
    public string WaitingStanding { get; private set; } = "";

    public string StandingInForce { get; private set; } = "";

    public string StoppedStanding { get; private set; } = "";

    public SetStandingInstructionRequest StandingRequest(Kind kind) => new()
    {
        Body = Durham,
        CommandId = Officers.NewId(),
        Award = OnwardAward,
        Kind = kind,
        Shares = { new ShareOfReceipts { Award = GivenAward, PartsPerMillion = 500_000 } },
    };

    private async Task StandAsync()
    {
        var programmes = new ProgrammeService.ProgrammeServiceClient(Federation.ToBody(Central));
        await programmes.OpenFundAsync(
            new OpenFundRequest
            {
                Body = Central,
                CommandId = Officers.NewId(),
                Name = Onward,
                Title = "Onward",
                Purpose = "For what is passed on at once.",
                Years = new YearWindow { FirstYear = Officers.Year, LastYear = Officers.Year },
                Split = { new SplitShare { Kind = Kind.Either, BasisPoints = 10_000 } },
                Earmarks = { new Earmark { Name = Led, Spenders = { Tier.NeighbourhoodForum } } },
                SecondApprovalAbovePence = 10_00,
            },
            Officers.At(Central));
        await Officers.IssueAsync(1_000_00, $"{Central}.{Onward}");
        OnwardAward = await AwardOnwardAsync(Central, Durham, 500_00);
        GivenAward = await AwardOnwardAsync(Durham, Easington, 1_00);
        var council = new StandingInstructionService.StandingInstructionServiceClient(Federation.ToBody(Durham));
        var other = Officers.With(Federation.Issuer.TokenOf("somebody-else", Durham, Role.Approver));
        WaitingStanding = await SetAsync(Kind.Revenue, []);
        StandingInForce = await SetAsync(Kind.Either, []);
        StoppedStanding = await SetAsync(Kind.Capital, [Led]);
        foreach (var instruction in (string[])[StandingInForce, StoppedStanding])
            await council.ApproveStandingInstructionAsync(
                new ApproveStandingInstructionRequest { Body = Durham, CommandId = Officers.NewId(), Instruction = instruction }, Officers.At(Durham));
        await Officers.SettledAsync(await Officers.ReleaseAsync(OnwardAward, Kind.Capital, 100_00, Led));

        async Task<string> SetAsync(Kind kind, string[] earmarks)
        {
            var request = StandingRequest(kind);
            request.Earmarks.Add(earmarks);
            return (await council.SetStandingInstructionAsync(request, other)).Instruction.Id;
        }
    }

    private async Task<string> AwardOnwardAsync(string funder, string recipient, long pence)
    {
        var request = new OfferAwardRequest { Body = funder, CommandId = Officers.NewId(), Recipient = recipient, Fund = $"{Central}.{Onward}" };
        foreach (var kind in (Kind[])[Kind.Capital, Kind.Revenue, Kind.Either])
            request.Promises.Add(new Promise { FinancialYear = Officers.Year, Kind = kind, AmountPence = pence });
        request.Promises.Add(new Promise { FinancialYear = Officers.Year, Kind = Kind.Capital, Earmarks = { Led }, AmountPence = pence });
        var id = (await new AwardService.AwardServiceClient(Federation.ToBody(funder)).OfferAwardAsync(request, Officers.At(funder))).Award.Id;
        await Officers.AwardAsync(recipient, id, _ => true);
        await Officers.AcceptAsync(recipient, id);
        return id;
    }
}
