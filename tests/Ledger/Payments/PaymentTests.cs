namespace FundingFlows.Ledger.Tests;

/// <summary>Money out of the federation.</summary>
public sealed class PaymentTests
{
    private const int Most = Parts.MostParts * Parts.MostPieces;
    private readonly Stage stage = new();

    [Fact]
    public void Payment_Made_MovesCashToSpentOnTheLinesOfItsLots()
    {
        var payment = stage.Council.Do(stage.Council.Payment(stage.Fund, 7_999));

        var lot = Assert.Single(stage.Council.Books.Payments.Find(payment)!.Pieces).Lot;
        var line = stage.Council.Books.Accounts.Of(stage.Council.Books.Lots.Find(lot)!.Line);
        Assert.Equal((1, 7_999, 8_000), (line[Account.Cash], line[Account.Spent], line[Account.Received]));
        Assert.Equal((7_999, 16_001), (stage.Council.Balance(Account.Spent), stage.Council.Balance(Account.Cash)));
        stage.Federation.MustHold();
    }

    [Fact]
    public void Payment_ToAPerson_KeepsTheNameOutOfTheJournal()
    {
        var payment = stage.Council.Payment(stage.Fund, 100) with { Payee = new Payee { Person = "0123456789abcdef" }, PayeeName = Write.Digest("Ann Example") };

        var made = stage.Council.Facts(stage.Council.Do(payment))[0].PaymentMade;

        Assert.Equal(Write.Digest("Ann Example"), made.PayeeName);
        Assert.Equal("0123456789abcdef", made.Payee.Person);
    }

    [Theory]
    [InlineData(2026)]
    [InlineData(2028)]
    public void Payment_InAnyYearOfTheWindow_IsMade(int year) => stage.Council.Do(stage.Council.Payment(stage.Fund, 1).In(year));

    [Theory]
    [InlineData(256, new[] { 256 })]
    [InlineData(257, new[] { 256, 1 })]
    [InlineData(Most, new[] { 256, 256, 256, 256, 256, 256, 256, 256, 256, 256, 256, 256, 256, 256, 256, 256 })]
    public void Payment_OfManyPieces_IsMadeInPartsAsOne(int pieces, int[] parts)
    {
        var fund = Pieces.Pennies(stage.Council, pieces);

        var payment = stage.Council.Do(stage.Council.Payment(fund, pieces));

        Assert.Equal(parts, stage.Council.Facts(payment).Select(fact => fact.PaymentMade.Pieces.Count));
        var made = Assert.Single(stage.Council.Books.Payments.All);
        Assert.Equal((payment, pieces, pieces), (made.Id, made.AmountPence, made.Pieces.Count));
        Assert.Equal(pieces, stage.Council.Balance(Account.Spent));
        Assert.Equal(payment with { Index = payment.Index + parts.Length - 1 }, made.Pieces[^1].PaidBy);
        stage.Federation.MustHold();
    }

    [Fact]
    public void Payment_ToABodyOfTheFederation_IsRefusedByItsOrganisationIdentifier()
    {
        var decision = stage.Council.Decide(stage.Council.Payment(stage.Fund, 1) with { Payee = Write.Organisation("GB-LAE-GOV") });

        Refused.MustBe(MakePaymentRefusal.PayeeIsABody, decision);
        Assert.Equal("GB-LAE-GOV", decision.Refusal!.Details["payee"]);
    }
}
