namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why a payment is not made.</summary>
public sealed class MakePaymentRefusalTests
{
    internal static readonly RefusalTable<MakePayment, MakePaymentRefusal> Table = new RefusalTable<MakePayment, MakePaymentRefusal>(stage =>
            new(stage.Council, Write.Payment(stage.Fund, 1_000)))
        .Row(MakePaymentRefusal.AmountMalformed, "no money", payment => payment with { AmountPence = 0 })
        .Row(MakePaymentRefusal.AmountMalformed, "less than no money", payment => payment with { AmountPence = -5 })
        .Row(MakePaymentRefusal.AmountMalformed, "more money than there is", payment => payment with { AmountPence = Pence.Most + 1 })
        .Row(MakePaymentRefusal.UseMalformed, "a year that is no year", payment => payment with { Year = 26 })
        .Row(MakePaymentRefusal.UseMalformed, "a payment for either kind", payment => payment with { Kind = Kind.Either })
        .Row(MakePaymentRefusal.UseMalformed, "a payment of no kind", payment => payment with { Kind = Kind.Unspecified })
        .Row(MakePaymentRefusal.UseMalformed, "a category in words", payment => payment with { Category = "A new roof" })
        .Row(MakePaymentRefusal.UseMalformed, "a place without a code", payment => payment with { Place = "Leeds" })
        .Row(MakePaymentRefusal.UseMalformed, "nobody to pay", payment => payment with { Payee = new Payee() })
        .Row(MakePaymentRefusal.UseMalformed, "an organisation without an identifier", payment => payment with { Payee = Write.Organisation("The Roofers Ltd") })
        .Row(MakePaymentRefusal.UseMalformed, "an organisation with a hidden name", payment => payment with { PayeeName = Write.Digest("The Roofers Ltd") })
        .Row(MakePaymentRefusal.UseMalformed, "a person by name", payment => payment with { Payee = new Payee { Person = "Ann Example" } })
        .Row(MakePaymentRefusal.FundUnknown, "a fund that nobody opened", payment => payment with { Fund = "GOV.parks" })
        .Row(MakePaymentRefusal.FundUnknown, "a body that the fund has not come to", (stage, attempt) => attempt with { By = stage.Stranger })
        .Row(MakePaymentRefusal.PayeeIsABody, "a body as payee", (stage, payment) =>
            payment with { Payee = Write.Organisation(TestFederation.OrganisationOf(stage.Forum.Id)) })
        .Row(MakePaymentRefusal.NotEnoughMoney, "a penny more than is held", payment => payment with { AmountPence = 24_001 })
        .Row(MakePaymentRefusal.KeptForSomethingElse, "a penny of another kind", payment => payment with { AmountPence = 8_001 })
        .Row(MakePaymentRefusal.KeptForSomethingElse, "a year outside the fund's", payment => payment with { Year = 2029 })
        .Row(MakePaymentRefusal.KeptForSomethingElse, "money of another fund", (stage, payment) =>
        {
            stage.Council.Issues(stage.Council.Opens("levy", Write.Share(Kind.Either, 10_000)), 90_000);
            return payment with { AmountPence = 90_000 };
        })
        .Row(MakePaymentRefusal.TooManyPieces, "more pieces than a payment names", (Stage stage, MakePayment payment) =>
            payment with { Fund = Pieces.Pennies(stage.Council, Parts.MostParts * Parts.MostPieces + 1), AmountPence = Parts.MostParts * Parts.MostPieces + 1 })
        .Both("no money", "a category in words")
        .Both("no money", "a fund that nobody opened")
        .Both("more money than there is", "a body as payee")
        .Both("a payment for either kind", "a fund that nobody opened")
        .Both("a place without a code", "a body as payee")
        .Both("a place without a code", "a penny more than is held")
        .Both("a fund that nobody opened", "a body as payee")
        .Both("a body as payee", "a penny more than is held")
        .Both("a body as payee", "a penny of another kind")
        .Both("a body as payee", "more pieces than a payment names");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void MakePayment_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void MakePayment_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}
