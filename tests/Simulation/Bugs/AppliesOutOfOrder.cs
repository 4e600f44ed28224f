namespace FundingFlows.Simulation;

/// <summary>The follower applies out of order: of what it has verified, it applies the second entry before the first.</summary>
internal sealed class AppliesOutOfOrder : MisleadingArchive
{
    public override IReadOnlyList<Check> FoundBy => [Check.FollowersFollow];

    protected override void Change(Life life, JournalKey journal, List<VerifiedEntry> verified)
    {
        if (life.IsListening && verified.Count > 1)
            (verified[0], verified[1]) = (verified[1], verified[0]);
    }
}
