namespace FundingFlows.Ledger.Tests;

/// <summary>Councils that work for one another, each funding the next.</summary>
internal static class Circle
{
    /// <summary>The council awards the stranger money of the stage's fund, along one of two shared services. Answers with the award.</summary>
    public static EntryId OfCouncils(Stage stage)
    {
        stage.Federation.Agrees(stage.Council, stage.Stranger, AgreementBasis.SharedService);
        stage.Federation.Agrees(stage.Stranger, stage.Council, AgreementBasis.SharedService);
        return stage.Federation.Awards(stage.Council, stage.Stranger, stage.Fund, Write.Promise(2026, Kind.Revenue, 1_000));
    }

    /// <summary>The council serves the stranger, which serves a neighbour, which serves the council. Answers with the neighbour.</summary>
    public static TestBody OfThreeCouncils(Stage stage)
    {
        var neighbour = stage.Federation.Add("E06000010", Tier.Council);
        stage.Federation.Agrees(stage.Council, stage.Stranger, AgreementBasis.SharedService);
        stage.Federation.Agrees(stage.Stranger, neighbour, AgreementBasis.SharedService);
        stage.Federation.Agrees(neighbour, stage.Council, AgreementBasis.SharedService);
        return neighbour;
    }
}
