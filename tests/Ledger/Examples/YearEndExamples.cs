namespace FundingFlows.Ledger.Tests;

/// <summary>The examples of a year that ends, and of what is left of one.</summary>
public sealed class YearEndExamples
{
    private readonly ClosingTown town = new();

    [Fact]
    [Plays("The end of a year")]
    public void Year_ThatEnds_CarriesATenthAndGivesBackTheRest()
    {
        TestBody[] up = [town.Forum, town.Council, town.Government];
        var issued = town.Government.Balance(Account.Issued);
        var left = up.Reverse().Select(body => body.Balance(Account.Cash)).ToList();
        var promise = town.Government.Books.Awards.Find(town.CouncilAward)!.Promises[0];
        var unsent = promise.LeftPence;
        town.Government.Do(new CloseYearProvisionally(2026));
        var sendable = promise.LeftPence;
        var rows = new List<long>();
        void Closes(TestBody body)
        {
            var hold = ClosingTown.Closes(body);
            var year = body.Books.Years.Find(2026)!;
            rows.AddRange([year.UnspentPence, year.CarriedPence, hold.AmountPence]);
        }
        Closes(town.Forum);
        town.Federation.Repays(town.Forum, town.ForumAward, ClosingTown.ToReturn(town.Forum));
        Closes(town.Council);
        town.Federation.Repays(town.Council, town.CouncilAward, ClosingTown.ToReturn(town.Council));
        Closes(town.Government);
        town.Government.Do(new SurrenderMoney(town.Fund, Write.Vote(), ClosingTown.ToReturn(town.Government)));

        MoneyPage.MustShow(
            "The end of a year",
            [
                issued, .. left, promise.AmountPence, unsent, sendable, .. rows, town.Forum.Balance(Account.Repaid), town.Council.Balance(Account.Repaid),
                town.Government.Balance(Account.Surrendered), up.Sum(body => body.Balance(Account.Cash)), issued,
            ]);
        town.Federation.MustHold();
    }

    [Fact]
    [Plays("What is left of each year")]
    public void Year_OfTheCouncil_ShowsWhatIsLeftAndExpected()
    {
        var examples = new ExampleTown();
        examples.SendsDown();
        examples.SendsRevenue(8_000);
        examples.Council.Do(examples.Council.Payment(examples.Fund, ExampleTown.Pounds(5_000)));
        examples.Council.Do(new RecordForecast(examples.Fund, [new ForecastYear { FinancialYear = 2026, AmountPence = ExampleTown.Pounds(12_000) }]));

        var year = Assert.Single(Settlement.Of(examples.Council.Books, examples.Fund));

        MoneyPage.MustShow("What is left of each year", year.ToBody.MovedPence, year.ByBody.MovedPence, year.SpentPence, year.LeftPence, year.ForecastPence!.Value);
        Assert.Equal(year.LeftPence, examples.Council.Balance(Account.Cash));
    }
}
