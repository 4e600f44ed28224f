using CsCheck;

namespace FundingFlows.Allocations.Tests;

/// <summary>Seats by the three methods, against the textbook.</summary>
public sealed class HighestAveragesTests
{
    /// <summary>Votes by which the three methods differ, for a house of 100.</summary>
    private static readonly long[] Votes = [5117, 4400, 162, 161, 160];

    [Fact]
    public void Methods_OnTheTextbookVotes_GiveTheTextbookSeats()
    {
        Assert.Equal([51, 44, 2, 2, 1], Apportionment.Split(100, Votes));
        Assert.Equal([52, 45, 1, 1, 1], HighestAverages.DHondt(100, Votes));
        Assert.Equal([51, 43, 2, 2, 2], HighestAverages.SainteLague(100, Votes));
    }

    [Fact]
    public void LargestRemainder_WithOneSeatMore_MayTakeOneAway()
    {
        // The Alabama paradox: c has 2 of 10 seats and 1 of 11.
        Assert.Equal([4, 4, 2], Apportionment.Split(10, [6, 6, 2]));
        Assert.Equal([5, 5, 1], Apportionment.Split(11, [6, 6, 2]));
        Assert.Equal([5, 4, 1], HighestAverages.SainteLague(10, [6, 6, 2]));
        Assert.Equal([5, 5, 1], HighestAverages.SainteLague(11, [6, 6, 2]));
    }

    [Fact]
    public void Ties_GoToTheEarlier()
    {
        Assert.Equal([1, 0], HighestAverages.DHondt(1, [7, 7]));
        Assert.Equal([2, 1], HighestAverages.SainteLague(3, [7, 7]));
    }

    [Fact]
    public void WhatHasNoMeaning_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => HighestAverages.DHondt(-1, [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => HighestAverages.DHondt(1, [1, -1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => HighestAverages.SainteLague(1, [0, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => HighestAverages.SainteLague(1, []));
    }

    [Fact]
    public void AnyHouse_IsFilled_NeverTakesASeatFromASmallerOne_AndIgnoresTheScaleOfVotes() =>
        Gen.Select(Gen.Int[0, 60], Gen.Long[0, 1_000_000].Array[1, 8], Gen.Long[1, 1_000_000]).Where((_, votes, _) => votes.Any(vote => vote > 0))
            .Sample((seats, votes, scale) =>
            {
                foreach (var method in new Func<int, IReadOnlyList<long>, int[]>[] { HighestAverages.DHondt, HighestAverages.SainteLague })
                {
                    var given = method(seats, votes);
                    Assert.Equal(seats, given.Sum());
                    Assert.All(method(seats + 1, votes).Zip(given), pair => Assert.True(pair.First >= pair.Second));
                    Assert.Equal(given, method(seats, [.. votes.Select(vote => vote * scale)]));
                    Assert.All(given.Zip(votes), pair => Assert.True(pair.Second > 0 || pair.First == 0));
                }
            }, iter: 5_000);

    [Fact]
    public void DHondt_GivesNobodyLessThanItsWholeQuota() =>
        Gen.Select(Gen.Int[0, 60], Gen.Long[0, 1_000_000].Array[1, 8]).Where((_, votes) => votes.Any(vote => vote > 0))
            .Sample((seats, votes) => Assert.All(HighestAverages.DHondt(seats, votes).Zip(votes), pair => Assert.True(pair.First >= seats * pair.Second / votes.Sum())), iter: 5_000);
}
