using System.Numerics;

namespace FundingFlows.Ledger;

/// <summary>
/// Which places in a row are marked: a bit for each, and above them bits that say in which words of 64 any is, so that the next
/// marked place is found in a few steps, however many unmarked ones lie between.
/// </summary>
internal sealed class MarkedPlaces
{
    private const int BitsOfAWord = 64;
    private readonly List<List<ulong>> levels = [[]];

    /// <summary>Marks a place; false when it was marked.</summary>
    public bool Mark(int place)
    {
        var isNew = !IsMarked(place);
        for (var level = 0; ; level++)
        {
            if (level == levels.Count)
                // What was marked so far lies under the first word of the level below.
                levels.Add([levels[level - 1][0] == 0 ? 0UL : 1UL]);
            var (word, words) = (place / BitsOfAWord, levels[level]);
            while (words.Count <= word)
                words.Add(0);
            words[word] |= 1UL << (place % BitsOfAWord);
            if (words.Count == 1 && level == levels.Count - 1)
                return isNew;
            place = word;
        }
    }

    /// <summary>Takes the mark from a place; false when it had none.</summary>
    public bool Unmark(int place)
    {
        if (!IsMarked(place))
            return false;
        foreach (var words in levels)
        {
            words[place / BitsOfAWord] &= ~(1UL << (place % BitsOfAWord));
            if (words[place / BitsOfAWord] != 0)
                break;
            place /= BitsOfAWord;
        }
        return true;
    }

    /// <summary>The first marked place that is not before that one. -1: there is none.</summary>
    public int Next(int from)
    {
        for (var level = 0; level < levels.Count; level++)
        {
            var word = from / BitsOfAWord;
            if (word >= levels[level].Count)
                return -1;
            if (levels[level][word] >> (from % BitsOfAWord) is var rest and not 0)
            {
                var place = from + BitOperations.TrailingZeroCount(rest);
                while (level-- > 0)
                    place = (place * BitsOfAWord) + BitOperations.TrailingZeroCount(levels[level][place]);
                return place;
            }
            from = word + 1;
        }
        return -1;
    }

    private bool IsMarked(int place) =>
        place / BitsOfAWord < levels[0].Count && ((levels[0][place / BitsOfAWord] >> (place % BitsOfAWord)) & 1) == 1;
}
