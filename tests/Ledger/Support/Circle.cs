namespace FundingFlows.Ledger.Tests;

/// <summary>Two councils that work for one another, each funding the other.</summary>
internal static class Circle
{
    /// <summary>The council awards the stranger money of the stage's fund, along one of two shared services. Answers with the award.</summary>
    public static EntryId OfCouncils(Stage stage)
    {
        stage.Federation.Agrees(stage.Council, stage.Stranger, AgreementBasis.SharedService);
        stage.Federation.Agrees(stage.Stranger, stage.Council, AgreementBasis.SharedService);
        return stage.Federation.Awards(stage.Council, stage.Stranger, stage.Fund, Write.Promise(2026, Kind.Revenue, 1_000));
    }
}
