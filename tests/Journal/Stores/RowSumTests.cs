namespace FundingFlows.Journal.Tests;

/// <summary>What is kept beside each row changes with any one byte of it.</summary>
public sealed class RowSumTests
{
    private static readonly JournalKey Journal = new("E06000047", 1);

    [Fact]
    public void Sum_OfAnEntry_IsAnotherForEveryOtherByte()
    {
        var (sum, random) = (RowSum.Of(Journal), new Random(3));
        var (bytes, command) = (new byte[301], new byte[16]);
        random.NextBytes(bytes);
        random.NextBytes(command);
        var right = RowSum.OfEntry(sum, 5, command, bytes);

        foreach (var altered in new[] { bytes, command })
            for (var at = 0; at < altered.Length; at++)
                for (var flip = 1; flip < 256; flip++)
                {
                    altered[at] ^= (byte)flip;
                    Assert.NotEqual(right, RowSum.OfEntry(sum, 5, command, bytes));
                    altered[at] ^= (byte)flip;
                }
        Assert.Equal(right, RowSum.OfEntry(sum, 5, command, bytes));
    }

    [Fact]
    public void Sum_OfAnEntry_IsAnotherInAnotherPlaceOrJournal()
    {
        byte[] bytes = [1, 2, 3];
        int[] sums =
        [
            RowSum.OfEntry(RowSum.Of(Journal), 5, [], bytes), RowSum.OfEntry(RowSum.Of(Journal), 6, [], bytes),
            RowSum.OfEntry(RowSum.Of(Journal with { Epoch = 2 }), 5, [], bytes), RowSum.OfEntry(RowSum.Of(Journal with { Body = "E06000048" }), 5, [], bytes),
            RowSum.OfEntry(RowSum.Of(Journal), 5, bytes, []), RowSum.OfEntry(RowSum.Of(Journal), 5, [], [1, 2, 3, 0]), RowSum.OfEntry(RowSum.Of(Journal), 5, [], []),
        ];

        Assert.Equal(sums.Length, sums.Distinct().Count());
    }
}
