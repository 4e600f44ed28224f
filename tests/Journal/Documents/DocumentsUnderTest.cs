using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace FundingFlows.Journal.Tests;

/// <summary>A document store in a folder of its own, and all bytes of its files.</summary>
internal sealed class DocumentsUnderTest : IAsyncDisposable
{
    public const string Body = "E06000047";
    private readonly TempFolder folder = new();

    public DocumentsUnderTest() => Store = DocumentStore.Open(Path, Time);

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 4, 1, 9, 0, 0, TimeSpan.Zero));

    public string Path => folder.File("documents.db");

    public DocumentStore Store { get; private set; }

    public async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        Store = DocumentStore.Open(Path, Time);
    }

    /// <summary>How often the bytes stand in the files of the store.</summary>
    public int Copies(ReadOnlySpan<byte> bytes)
    {
        var copies = 0;
        foreach (var file in Directory.GetFiles(System.IO.Path.GetDirectoryName(Path)!))
            copies += Read(file).AsSpan().Count(bytes);
        return copies;
    }

    public int Copies(string words) => Copies(Encoding.UTF8.GetBytes(words));

    public bool OnDisk(ReadOnlySpan<byte> bytes) => Copies(bytes) > 0;

    public bool OnDisk(string words) => Copies(words) > 0;

    /// <summary>Command ids in an order of their own, the same in every run.</summary>
    public static Guid Command(int number) => new(unchecked((int)(number * 2_654_435_769)), 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1);

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        folder.Dispose();
    }

    private static byte[] Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
