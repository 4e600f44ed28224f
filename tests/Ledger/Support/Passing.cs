namespace FundingFlows.Ledger.Tests;

/// <summary>Standing instructions of the stage's council about its neighbourhood-led money, told in one line.</summary>
internal static class Passing
{
    /// <summary>The money that the government sends the council for forums.</summary>
    public static StandingLine Led(this Stage stage) => new(stage.CouncilAward, Kind.Revenue, Write.Kept(Write.Led));

    /// <summary>The command by which shares of it go on to the forum.</summary>
    public static SetStandingInstruction Passes(this Stage stage, int partsPerMillion = 500_000) =>
        new(stage.Led(), [new StandingPart(stage.ForumAward, partsPerMillion)]);

    /// <summary>The government sends the council so much of it, and everything arrives everywhere.</summary>
    public static void Comes(this Stage stage, long pence) => stage.Federation.Releases(stage.Government, stage.CouncilAward, Stage.KeptForForums, pence);

    /// <summary>An instruction that has stopped: more came than the forum was promised.</summary>
    public static EntryId HasStopped(this Stage stage)
    {
        var instruction = stage.Council.Do(stage.Passes(1_000_000));
        stage.Comes(9_001);
        Assert.Equal(StandingStage.Stopped, stage.Council.Books.Standing.Find(instruction)!.State);
        return instruction;
    }

    /// <summary>An instruction of the council that waits for a second person: of all revenue that comes to it of a guarded fund, half goes to the forum.</summary>
    public static EntryId Waits(this Stage stage)
    {
        var fund = stage.Government.Guarded();
        var award = stage.Federation.Awards(stage.Government, stage.Council, fund, Write.Promise(2026, Kind.Revenue, 10_000));
        var given = stage.Federation.Awards(stage.Council, stage.Forum, fund, Write.Promise(2026, Kind.Revenue, 10_000));
        return stage.Council.Do(new SetStandingInstruction(new StandingLine(award, Kind.Revenue, Write.Kept()), [new StandingPart(given, 500_000)]));
    }
}
