using Crm.Data;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Crm.Admin;

/// <summary>Leaves the body of a form to the handler, which reads it as it comes.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReadsItsFormAttribute : Attribute, IResourceFilter
{
    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        context.ValueProviderFactories.RemoveType<FormValueProviderFactory>();
        context.ValueProviderFactories.RemoveType<FormFileValueProviderFactory>();
        context.ValueProviderFactories.RemoveType<JQueryFormValueProviderFactory>();
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }
}

/// <summary>Takes a backup in as it comes, straight to the disk: it may be larger than memory and than the system's room for temporary files.</summary>
public sealed class BackupUpload(IAntiforgery antiforgery)
{
    /// <summary>The form's token, which stands in it before the file.</summary>
    private const string Token = "_token";

    private const int LongestToken = 4096;

    /// <exception cref="DatabaseRefusedException">There is no file in it, or no room for it, or it cannot be read.</exception>
    public async Task ReceiveAsync(HttpContext context, string path, CancellationToken cancel)
    {
        if (context.Request.ContentLength is { } length && length > Disk.FreeAt(Path.GetDirectoryName(path)!) / 2)
        {
            throw new DatabaseRefusedException("The server's disk has not enough room for this file.");
        }

        try
        {
            await ReadAsync(context, path, cancel);
        }
        catch (Exception e) when (e is InvalidDataException or AntiforgeryValidationException or FormatException || (e is IOException and not BadHttpRequestException && !Disk.IsUnwritable(e)))
        {
            throw new DatabaseRefusedException("The upload could not be read, or this page had been open for a long time. Please choose the file once more.");
        }
    }

    private async Task ReadAsync(HttpContext context, string path, CancellationToken cancel)
    {
        var boundary = HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(context.Request.ContentType).Boundary).Value
            ?? throw new InvalidDataException("No boundary.");
        var reader = new MultipartReader(boundary, context.Request.Body);
        while (await reader.ReadNextSectionAsync(cancel) is { } section)
        {
            var disposition = section.GetContentDispositionHeader();
            if (disposition?.IsFileDisposition() == true)
            {
                await antiforgery.ValidateRequestAsync(context);
                await Disk.WriteAsync(path, file => section.Body.CopyToAsync(file, cancel));
                return;
            }

            if (disposition?.Name.Value?.Trim('"') == Token)
            {
                context.Request.Headers["RequestVerificationToken"] = await TextAsync(section.Body, cancel);
            }
        }

        throw new DatabaseRefusedException("Choose a file.");
    }

    private static async Task<string> TextAsync(Stream body, CancellationToken cancel)
    {
        var bytes = new byte[LongestToken];
        return System.Text.Encoding.ASCII.GetString(bytes, 0, await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel));
    }
}
