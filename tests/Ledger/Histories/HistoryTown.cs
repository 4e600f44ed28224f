namespace FundingFlows.Ledger.Tests;

/// <summary>
/// Where random histories happen: a government department, an authority, two councils of which one leads for the other, and two
/// forums, one of which has its money kept by a council. Everybody is funded by more than one way, several funds may be merged, and
/// every rule that money can meet is in the terms.
/// </summary>
internal sealed class HistoryTown
{
    private static readonly (string Funder, string Recipient, AgreementBasis Basis)[] Agreed =
    [
        ("GOV", "CA", AgreementBasis.Funding), ("GOV", "C1", AgreementBasis.Funding), ("CA", "C1", AgreementBasis.Funding),
        ("CA", "C2", AgreementBasis.Funding), ("C1", "C2", AgreementBasis.LeadAuthority), ("C1", "F1", AgreementBasis.Funding), ("C2", "F2", AgreementBasis.Funding),
    ];

    public HistoryTown()
    {
        foreach (var (id, tier) in new[]
        {
            ("GOV", Tier.CentralGovernment), ("CA", Tier.CombinedAuthority), ("C1", Tier.Council), ("C2", Tier.Council),
            ("F1", Tier.NeighbourhoodForum), ("F2", Tier.NeighbourhoodForum),
        })
            Federation.Add(id, tier);
        foreach (var (name, rules) in Funds)
            Bodies[0].Do(Write.Fund(name, [Write.Share(Kind.Either, 7_000), Write.Share(Kind.Either, 3_000, Write.Led)], Write.LedByForums()) with { Rules = rules });
        foreach (var (funder, recipient, basis) in Agreed)
            Agree(Federation[funder], Federation[recipient], basis);
        foreach (var body in Bodies)
            body.Do(new RegisterProject(Write.Project()));
        foreach (var (name, _) in Funds)
            Begin($"GOV.{name}");
        Federation.Keeps(Federation["C2"], Federation["F2"]);
        Overrule(Federation["C2"], Federation["F2"]);
    }

    /// <summary>A payment was refused, and the appeal was allowed: it may be instructed again.</summary>
    private void Overrule(TestBody agent, TestBody principal)
    {
        var refused = principal.Do(principal.Payment(Fund(0), 100));
        Federation.Settle();
        agent.Do(Instructed.Refusing(refused));
        Federation.Settle();
        principal.Do(new MakeAppeal(refused, Write.Reason));
        Federation.Settle();
        agent.DoAs(Preparing.Second, new DecideAppeal(refused, true, Write.Reason));
        Federation.Settle();
    }

    /// <summary>Some of each fund has come down to everybody.</summary>
    private void Begin(string fund)
    {
        Bodies[0].Issues(fund, 1_000_000);
        foreach (var (funder, recipient, _) in Agreed)
        {
            var award = Federation.Awards(
                Federation[funder], Federation[recipient], fund, Write.Promise(2026, Kind.Either, 200_000, Write.Led), Write.Promise(2026, Kind.Revenue, 100_000, Write.Led));
            Federation.Releases(Federation[funder], award, 0, funder == "GOV" ? 90_000 : 30_000);
        }
    }

    public TestFederation Federation { get; } = new();

    public IReadOnlyList<TestBody> Bodies => [.. Federation.Bodies];

    public static IReadOnlyList<(string Name, FundRules Rules)> Funds { get; } =
    [
        ("parks", new FundRules(["GOV.places"], SecondApprovalAbovePence: 10_000, CarryForwardBasisPoints: 5_000, RecyclingYears: 1)),
        ("libraries", new FundRules(["GOV.places", "GOV.parks"], CarryForwardBasisPoints: 2_500)),
        ("places", new FundRules([], SecondApprovalAbovePence: 5_000, RecyclingYears: 2)),
    ];

    public TestBody Body(int which) => Bodies[which % Bodies.Count];

    public static string Fund(int which) => $"GOV.{Funds[which % Funds.Count].Name}";

    /// <summary>One of several, or none of none.</summary>
    public static T? One<T>(IReadOnlyList<T> all, int which) => all.Count == 0 ? default : all[which % all.Count];

    private void Agree(TestBody funder, TestBody recipient, AgreementBasis basis)
    {
        var agreement = funder.Do(new ProposeAgreement(recipient.Id, basis));
        Federation.Settle();
        recipient.Do(new AcceptAgreement(agreement));
        Federation.Settle();
    }
}
