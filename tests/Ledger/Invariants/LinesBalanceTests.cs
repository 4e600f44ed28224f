namespace FundingFlows.Ledger.Tests;

/// <summary>At each body and line all that came in is there or went out, and lots and transfers add up to the accounts.</summary>
public sealed class LinesBalanceTests
{
    private readonly Stage stage = new();

    [Theory]
    [InlineData(Account.Received)]
    [InlineData(Account.Spent)]
    [InlineData(Account.Granted)]
    public void Line_WithAPennyTooMuchInOneAccount_IsFound(Account account)
    {
        InvariantTests.Corrupt(stage.Council.Books.Accounts.Lines.First().Value, account, 1);

        Assert.Contains("came in, but", Assert.Single(InvariantTests.MustBreak(Invariant.LinesBalance, stage.Federation)), StringComparison.Ordinal);
    }

    [Fact]
    public void Line_WithCashThatNoLotHolds_IsFound()
    {
        var balances = stage.Council.Books.Accounts.Lines.First().Value;
        InvariantTests.Corrupt(balances, Account.Cash, 1);
        InvariantTests.Corrupt(balances, Account.Spent, -1);

        Assert.Contains("the lots hold £100, the account £100.01", Assert.Single(InvariantTests.MustBreak(Invariant.LinesBalance, stage.Federation)), StringComparison.Ordinal);
    }

    [Fact]
    public void Line_WithMoneyInTransitThatNoTransferCarries_IsFound()
    {
        var balances = stage.Council.Books.Accounts.Lines.First().Value;
        InvariantTests.Corrupt(balances, Account.InTransit, 1);
        InvariantTests.Corrupt(balances, Account.Spent, -1);

        Assert.Contains("transfers in transit carry £0", Assert.Single(InvariantTests.MustBreak(Invariant.LinesBalance, stage.Federation)), StringComparison.Ordinal);
    }

    [Fact]
    public void Line_WithMoneyMergedInThatNoLotHolds_IsFound()
    {
        var balances = stage.Council.Books.Accounts.Lines.First().Value;
        InvariantTests.Corrupt(balances, Account.RelabelledIn, 1);
        InvariantTests.Corrupt(balances, Account.RelabelledOut, 1);

        Assert.Contains("the lots that were merged", Assert.Single(InvariantTests.MustBreak(Invariant.LinesBalance, stage.Federation)), StringComparison.Ordinal);
    }

    [Fact]
    public void Reversal_ToAnotherLineThanWasSent_IsFoundOnBoth()
    {
        var transfer = stage.Government.Sends(stage.CouncilAward, Stage.Revenue, 900);
        var piece = Assert.Single(stage.Government.Books.Transfers.Find(transfer)!.Pieces);
        var lot = stage.Government.Books.Lots.Find(piece.Lot)!;

        stage.Government.Append(new Fact
        {
            TransferReversed = new TransferReversed
            {
                Transfer = transfer.ToRef(),
                Answer = Answers.RefusalOf(stage.Government, stage.Council, 1).Answer,
                Lots =
                {
                    new NewLot
                    {
                        Parent = lot.Id.ToRef(),
                        AmountPence = 900,
                        Line = (lot.Line with { Earmarks = Write.Kept(Write.Led) }).ToLine(),
                        TermsVersion = 1,
                        Origin = lot.Origin.ToOrigin(),
                    },
                },
            },
        });

        Assert.Equal(2, InvariantTests.MustBreak(Invariant.LinesBalance, stage.Federation, Invariant.TransfersMatch).Count);
    }
}
