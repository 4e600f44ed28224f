using System.Globalization;
using System.Text;

namespace FundingFlows.Journal;

/// <summary>Base64 that is written in the one way in which it is written here.</summary>
internal static class StrictBase64
{
    /// <summary>Null for anything else.</summary>
    public static byte[]? Read(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && Convert.ToBase64String(bytes, 0, length) == text ? bytes[..length] : null;
    }
}

/// <summary>Sizes and indexes in decimal, without a sign and without leading zeroes.</summary>
internal static class DecimalSize
{
    /// <summary>False for anything else, and for what is above the largest journal.</summary>
    public static bool TryParse(string text, out long size) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out size) && text == size.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Text in UTF-8, every byte of it: no byte is replaced by another, as that would hide it from whoever checks a signature.</summary>
public static class StrictUtf8
{
    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Null for anything else.</summary>
    public static string? Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Encoding.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
