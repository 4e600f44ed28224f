namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why a project is not registered.</summary>
public sealed class RegisterProjectRefusalTests
{
    internal static readonly RefusalTable<RegisterProject, RegisterProjectRefusal> Table = new RefusalTable<RegisterProject, RegisterProjectRefusal>(stage =>
            new(stage.Council, new RegisterProject(Write.Project())))
        .Row(RegisterProjectRefusal.DescriptionMalformed, "no title", command => Described(command, project => project.Title = ""))
        .Row(RegisterProjectRefusal.DescriptionMalformed, "a deliverer without an identifier", command => Described(command, project => project.Deliverer = "The Roofers Ltd"))
        .Row(RegisterProjectRefusal.DescriptionMalformed, "a place without a code", command => Described(command, project => project.Place = "Leeds"))
        .Row(RegisterProjectRefusal.DescriptionMalformed, "a category in words", command => Described(command, project => project.Category = "A roof"))
        .Row(RegisterProjectRefusal.DescriptionMalformed, "a milestone without a title", command => Described(command, project => project.Milestones[0].Title = " "))
        .Row(RegisterProjectRefusal.DescriptionMalformed, "a milestone on no day", command => Described(command, project => project.Milestones[0].DueOn = null))
        .Row(RegisterProjectRefusal.DescriptionMalformed, "a milestone on a day that is not", command => Described(command, project => project.Milestones[0].DueOn.Day = 31))
        .Row(RegisterProjectRefusal.DescriptionMalformed, "a milestone before the first year", command =>
            Described(command, project => project.Milestones[0].DueOn = new DateOnly(2000, 3, 31).ToDate()))
        .Row(RegisterProjectRefusal.DescriptionMalformed, "too many milestones", command =>
            Described(command, project => project.Milestones.Add(Enumerable.Repeat(project.Milestones[0], ProjectForm.MostMilestones))))
        .Row(RegisterProjectRefusal.DescriptionMalformed, "match money of nothing", command => Described(command, project => project.MatchMoney[0].AmountPence = 0))
        .Row(RegisterProjectRefusal.DescriptionMalformed, "match money from nobody", command => Described(command, project => project.MatchMoney[0].Organisation = ""))
        .Row(RegisterProjectRefusal.DescriptionMalformed, "match money twice from one", command =>
            Described(command, project => project.MatchMoney.Add(new MatchMoney { Organisation = "GB-CHC-1112223", AmountPence = 1 })))
        .Row(RegisterProjectRefusal.DescriptionMalformed, "match money beyond all bounds", command =>
            Described(command, project => project.MatchMoney.Add(new MatchMoney { Organisation = "GB-CHC-2", AmountPence = Pence.Most })))
        .Row(RegisterProjectRefusal.PartOfUnknown, "a part of nothing that is here", (stage, command) => command with { PartOf = new EntryId(stage.Council.Id, 1, 0) })
        .Row(RegisterProjectRefusal.PartOfUnknown, "a part of what no body has", command => command with { PartOf = new EntryId("E06000099", 1, 5) })
        .Both("no title", "a part of nothing that is here");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void RegisterProject_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void RegisterProject_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();

    private static RegisterProject Described(RegisterProject command, Action<ProjectDescription> otherwise)
    {
        var description = command.Description.Clone();
        otherwise(description);
        return command with { Description = description };
    }
}
