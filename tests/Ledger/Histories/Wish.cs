namespace FundingFlows.Ledger.Tests;

/// <summary>Something that somebody may want at random. Small numbers choose among what there is; most wishes are refused, and then nothing changes.</summary>
/// <param name="Deed">Which of the deeds.</param>
/// <param name="Who">Which body.</param>
/// <param name="Which">Which fund, award, payment or other thing.</param>
/// <param name="Year">Years after 2026-27.</param>
/// <param name="Pence">How much.</param>
internal readonly record struct Wish(int Deed, int Who, int Which, int Year, long Pence);
