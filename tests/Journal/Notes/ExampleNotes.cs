namespace FundingFlows.Journal.Tests;

/// <summary>The example of the C2SP signed-note specification, and a key whose notes are made here.</summary>
internal static class ExampleNotes
{
    public const string Vkey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
    public const string Text = "This is an example message.\n";
    public const string Line =
        "\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

    public const string Note = Text + "\n" + Line;

    public static VerifierKey Key { get; } = VerifierKey.TryParse(Vkey, out var key) ? key : throw new InvalidOperationException();

    public static BodyKey Signer { get; } = BodyKey.Generate();

    public static VerifierKey Own { get; } = VerifierKey.Of("fed.example/DLUHC/1", Signer.PublicKey);

    /// <summary>A signature line of that name over anything: it says nothing about a text.</summary>
    public static string LineOf(string name, int bytes = 68) => $"\u2014 {name} {Convert.ToBase64String(new byte[bytes])}\n";
}
