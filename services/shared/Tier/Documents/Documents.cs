using FundingFlows.Contracts.Documents.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace FundingFlows.Tiers;

/// <summary>The words of a body that are kept outside its journal.</summary>
public sealed class Documents(CommandDesk desk, DocumentStore store) : DocumentService.DocumentServiceBase
{
    public override Task<GetDocumentResponse> GetDocument(GetDocumentRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var found = store.Find(body.Id, Read(request.Document));
        if (found is not { Kind: (int)DocumentKind.FundPurpose or (int)DocumentKind.InstructionRefusalText or (int)DocumentKind.AllocationDescriptions or (int)DocumentKind.AllocationFigures })
            context.Require(body, Role.Preparer, Role.Approver, Role.ChiefFinanceOfficer, Role.Auditor);
        return Task.FromResult(new GetDocumentResponse { Document = View(found ?? throw None(body, request.Document)) });
    }

    public override Task<EraseDocumentResponse> EraseDocument(EraseDocumentRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        context.Require(body, Role.ChiefFinanceOfficer);
        if (store.Find(body.Id, Read(request.Document)) is { Kind: (int)DocumentKind.AllocationDescriptions or (int)DocumentKind.AllocationFigures })
            throw Errors.Of(FailureReason.DocumentKeptForEver, "It is a table of a recorded run, and stays so that anyone can work the run out again.", [("document", request.Document)]);
        var erased = store.Erase(body.Id, Read(request.Document));
        return Task.FromResult(new EraseDocumentResponse { Document = View(erased ?? throw None(body, request.Document)) });
    }

    private static byte[] Read(string document)
    {
        var fields = new Fields();
        fields.Check(document.Length == 64 && document.All(char.IsAsciiHexDigit), "document", "must be 64 hexadecimal digits.");
        fields.ThrowIfAny();
        return Convert.FromHexString(document);
    }

    private static RpcException None(HostedBody body, string document) =>
        Errors.Missing($"{body.Id} keeps no document {document}.", ("document", document));

    private static Document View(StoredDocument document) => new()
    {
        Id = Convert.ToHexStringLower(document.Digest),
        Kind = (DocumentKind)document.Kind,
        Words = document.Words ?? "",
        Salt = document.Salt is null ? ByteString.Empty : ByteString.CopyFrom(document.Salt),
        ErasedAt = document.ErasedAt is { } at ? Timestamp.FromDateTimeOffset(at) : null,
    };
}
