import { access, constants, mkdir } from 'node:fs/promises'
import { Equals, IsInt, IsOptional, IsString, Length, Matches, Max, Min, ValidateIf } from 'class-validator'
import { IsSafeAddress, ExternalHostSettings } from '../external-host-settings'
import { bucketBlobStore } from './bucket-blob-store'
import type { BlobStore } from './evidence-store'
import { folderBlobStore } from './folder-blob-store'

/** Where evidence is stored by default, in the data folder. */
export const EVIDENCE_FOLDER = '.data/evidence'

const BUCKET_SETTINGS = [
  'EVIDENCE_S3_ENDPOINT',
  'EVIDENCE_S3_BUCKET',
  'EVIDENCE_S3_REGION',
  'EVIDENCE_S3_ACCESS_KEY',
  'EVIDENCE_S3_SECRET_KEY',
] as const
const usesBucket = (settings: object): boolean =>
  BUCKET_SETTINGS.some((name) => (settings as Record<string, unknown>)[name] !== undefined)
const ALL_OR_NONE = { message: `must be given, with ${BUCKET_SETTINGS.join(', ')}: a bucket needs all of them` }

/** Where evidence is stored: in a folder or in a bucket of any S3-compatible store. Console, worker and gateway must agree. */
export class EvidenceSettings extends ExternalHostSettings {
  @ValidateIf((settings: EvidenceSettings) => usesBucket(settings) && settings.EVIDENCE_FOLDER !== undefined)
  @Equals(undefined, { message: 'a folder or a bucket, not both' })
  EVIDENCE_FOLDER?: string

  @ValidateIf(usesBucket)
  @IsSafeAddress()
  @Matches(/^https?:\/\/[^\s/]+$/, {
    message: `must be an address without a path, like https://s3.example.com, with ${BUCKET_SETTINGS.slice(1).join(', ')}`,
  })
  EVIDENCE_S3_ENDPOINT?: string

  @ValidateIf(usesBucket)
  @Matches(/^[a-z0-9][a-z0-9.-]{2,62}$/, { message: 'must be the name of a bucket' })
  EVIDENCE_S3_BUCKET?: string

  @IsOptional()
  @IsString()
  @Length(1, 60)
  EVIDENCE_S3_REGION?: string

  @ValidateIf(usesBucket)
  @Matches(/^\S+$/, ALL_OR_NONE)
  EVIDENCE_S3_ACCESS_KEY?: string

  @ValidateIf(usesBucket)
  @Matches(/^\S+$/, ALL_OR_NONE)
  EVIDENCE_S3_SECRET_KEY?: string

  /**
   * The gateway's address as marketplaces reach it. Without it no links are made, and people must do actions that need
   * one by hand.
   */
  @IsOptional()
  @IsSafeAddress()
  @Matches(/^https?:\/\/[^\s?#]+$/, {
    message: "must be the gateway's address as marketplaces reach it, like https://push.example.com",
  })
  EVIDENCE_PUBLIC_URL?: string

  /** How long a link is valid. Days, because no marketplace documents when and how often it fetches a picture. */
  @IsInt({ message: 'must be whole hours' })
  @Min(1)
  @Max(720)
  EVIDENCE_LINK_HOURS = 72
}

/** The folder for evidence cannot be used. `setting`: the setting that the operator has to change. */
export class UnusableEvidenceFolder extends Error {
  readonly setting = 'EVIDENCE_FOLDER'
}

/** Opens the storage of the settings. A folder that is not writable is reported at the start, not with the first piece. */
export async function openEvidenceBlobs(settings: EvidenceSettings, folder: string): Promise<BlobStore> {
  const {
    EVIDENCE_S3_ENDPOINT: endpoint,
    EVIDENCE_S3_BUCKET: bucket,
    EVIDENCE_S3_REGION: region = 'us-east-1',
    EVIDENCE_S3_ACCESS_KEY: accessKey,
    EVIDENCE_S3_SECRET_KEY: secretKey,
  } = settings
  if (endpoint !== undefined && bucket !== undefined && accessKey !== undefined && secretKey !== undefined)
    return bucketBlobStore({ endpoint, bucket, region, accessKey, secretKey })
  const root = settings.EVIDENCE_FOLDER ?? folder
  try {
    await mkdir(root, { recursive: true, mode: 0o700 })
    await access(root, constants.W_OK)
  } catch {
    throw new UnusableEvidenceFolder('cannot be written to')
  }
  return folderBlobStore(root)
}
