using Google.Protobuf;

namespace FundingFlows.Verifier;

/// <summary>An entry by its bytes, of which this program knows all that it says.</summary>
internal static class ReadableEntry
{
    /// <summary>Null: it is no entry, or a newer version wrote it, or it does not say all that its fact must say.</summary>
    public static Entry? Of(byte[] bytes)
    {
        try
        {
            return Entry.Parser.ParseFrom(bytes) is { Fact.KindCase: not Fact.KindOneofCase.None } entry && !NewerRules.Wrote(entry) && EntryForm.FaultOf(entry) is null ? entry : null;
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
