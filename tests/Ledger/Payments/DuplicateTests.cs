namespace FundingFlows.Ledger.Tests;

/// <summary>Payments that may be the same one twice.</summary>
public sealed class DuplicateTests
{
    private readonly Stage stage = new();

    private TestBody Council => stage.Council;

    [Theory]
    [InlineData("the same", true)]
    [InlineData("the same without a reference", true)]
    [InlineData("the payee in other letters", true)]
    [InlineData("90 days later", true)]
    [InlineData("90 days earlier", true)]
    [InlineData("from another fund", true)]
    [InlineData("its tax stated otherwise", true)]
    [InlineData("91 days later", false)]
    [InlineData("91 days earlier", false)]
    [InlineData("another payee", false)]
    [InlineData("another amount", false)]
    [InlineData("another reference", false)]
    public void Payment_LikeAnother_NeedsASecondPersonWhereItMayBeTheSame(string what, bool waits)
    {
        var first = Council.Payment(stage.Fund, 120) with { Payee = Write.Organisation("GB-COH-SC123456"), PaidOn = new DateOnly(2026, 9, 1) };
        if (what == "the same without a reference")
            first = first with { Reference = "" };
        var paid = Council.Do(first);
        var other = what switch
        {
            "the payee in other letters" => first with { Payee = Write.Organisation("GB-COH-sc123456") },
            "90 days later" => first with { PaidOn = first.PaidOn.AddDays(90) },
            "90 days earlier" => first with { PaidOn = first.PaidOn.AddDays(-90) },
            "91 days later" => first with { PaidOn = first.PaidOn.AddDays(91) },
            "91 days earlier" => first with { PaidOn = first.PaidOn.AddDays(-91) },
            "from another fund" => first with { Fund = Council.Guarded() },
            "its tax stated otherwise" => first with { Charge = new Charge(100, 20, true) },
            "another payee" => first with { Payee = Write.Organisation("GB-COH-SC123457") },
            "another amount" => first.Of(121),
            "another reference" => first with { Reference = "OTHER-1" },
            _ => first,
        };

        var preparation = Council.Books.Preparations.Find(Council.Do(other));

        Assert.Equal(waits ? paid.ToRef() : null, preparation?.Prepared.PossibleDuplicateOf);
        Assert.False(preparation?.Prepared.HasAbovePence ?? false);
    }

    [Fact]
    public void Payment_LikeOneThatWaits_WaitsToo()
    {
        var waiting = Council.Prepares();
        var fund = $"{Council.Id}.guarded";
        var like = Council.Payment(fund, 600) with { Reference = Council.Books.Preparations.Find(waiting)!.Payment.Reference };

        var second = Council.Books.Preparations.Find(Council.Do(like))!;

        Assert.Equal((waiting.ToRef(), Preparing.AbovePence), (second.Prepared.PossibleDuplicateOf, second.Prepared.AbovePence));
    }

    [Fact]
    public void Payment_LikeOneThatWasRejected_IsNoDuplicateAndLikeOneApprovedIs()
    {
        var rejected = Council.Prepares();
        var like = Council.Payment($"{Council.Id}.guarded", 600) with { Reference = Council.Books.Preparations.Find(rejected)!.Payment.Reference };
        Council.Do(new RejectPayment(rejected, null));

        var approved = Council.Do(like);
        Assert.Null(Council.Books.Preparations.Find(approved)!.Prepared.PossibleDuplicateOf);
        var payment = Council.DoAs(Preparing.Second, new ApprovePayment(approved));

        Assert.Equal(payment.ToRef(), Council.Books.Preparations.Find(Council.Do(like))!.Prepared.PossibleDuplicateOf);
    }

    [Fact]
    public void Duplicate_Approved_IsPaidAllTheSame()
    {
        var first = Council.Payment(stage.Fund, 120);
        Council.Do(first);

        Council.DoAs(Preparing.Second, new ApprovePayment(Council.Do(first)));

        Assert.Equal(240, Council.Balance(Account.Spent));
        stage.Federation.MustHold();
    }
}
