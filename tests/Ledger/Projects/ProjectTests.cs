namespace FundingFlows.Ledger.Tests;

/// <summary>What money is spent for.</summary>
public sealed class ProjectTests
{
    private readonly Stage stage = new();

    [Fact]
    public void Project_PaidForAndRefunded_ShowsWhoseMoneyItCost()
    {
        var levy = stage.Council.Opens("levy", Write.Share(Kind.Revenue, 10_000));
        stage.Council.Issues(levy, 500);
        var project = stage.Council.Do(new RegisterProject(Write.Project()));
        var fromAbove = stage.Council.Do(stage.Council.Payment(stage.Fund, 1_000) with { Project = project });
        stage.Council.Do(stage.Council.Payment(levy, 300) with { Project = project });
        stage.Council.Do(new RefundPayment(fromAbove, null, 400));

        var found = stage.Council.Books.Projects.Find(project)!;

        Assert.Equal(900, found.SpentPence);
        Assert.Equal([(("E06000001", levy), 300L), (("GOV", stage.Fund), 600L)], found.Spent.Select(one => (one.Key, one.Value)));
    }

    [Fact]
    public void Project_PartOfOneAtAnotherBody_NamesIt()
    {
        var whole = stage.Council.Do(new RegisterProject(Write.Project("The high street")));

        var part = stage.Forum.Do(new RegisterProject(Write.Project("The clock"), whole));

        Assert.Equal(whole, stage.Forum.Books.Projects.Find(part)!.PartOf);
    }

    [Fact]
    public void Project_Closed_StillTakesRefunds()
    {
        var payment = stage.Council.Do(stage.Council.Payment(stage.Fund, 1_000));
        var project = stage.Council.Books.Projects.All[0];
        stage.Council.Do(new CloseProject(project.Id, Write.Day, null));

        stage.Council.Do(new RefundPayment(payment, null, 1_000));

        Assert.Equal((false, 0), (project.IsOpen, project.SpentPence));
    }

    [Theory]
    [InlineData(true, "The new library")]
    [InlineData(false, "The library")]
    public void Change_Decided_IsMadeOnlyWhereItWasApproved(bool approve, string title)
    {
        var project = stage.Council.Do(new RegisterProject(Write.Project()));
        stage.Council.Do(new ReachMilestone(project, 1, Write.Day, Write.Digest("A photograph.")));
        var change = stage.Council.Do(new RequestProjectChange(project, Write.Project("The new library"), Write.Digest("It grew.")));
        var found = stage.Council.Books.Projects.Find(project)!;
        Assert.Equal("The library", found.Description.Title);

        stage.Council.DoAs(Preparing.Second, new DecideProjectChange(change, approve, Write.Digest("As discussed.")));

        Assert.Equal((title, (ProjectChange?)null, 1), (found.Description.Title, found.WaitingChange, found.Reached.Count));
        Assert.Equal(approve, Assert.Single(found.Changes).Decided!.Approved);
        stage.Council.Do(new RequestProjectChange(project, Write.Project("The third library"), null));
    }

    [Fact]
    public void Projects_Replayed_AreAsTheyWere()
    {
        var project = stage.Council.Do(new RegisterProject(Write.Project()));
        stage.Council.Do(new ReachMilestone(project, 2, Write.Day, Write.Digest("A photograph.")));
        stage.Council.DoAs(Preparing.Second, new DecideProjectChange(stage.Council.Do(new RequestProjectChange(project, Write.Project("Other"), null)), true, null));
        stage.Council.Do(stage.Council.Payment(stage.Fund, 10) with { Project = project });
        stage.Council.Do(new CloseProject(project, Write.Day, Write.Digest("It stands.")));

        Assert.Equal(Dump.Of(stage.Council.Books), Dump.Of(Replay.Of(stage.Council)));
    }
}
