import type { EvidenceType } from './recognise-evidence'
import { stripJpeg } from './strip-jpeg'
import { stripPng } from './strip-png'
import { stripVideo } from './strip-video'
import { stripWebp } from './strip-webp'

const STRIPPERS: Readonly<Record<EvidenceType, (bytes: Buffer) => Buffer | undefined>> = {
  'image/jpeg': stripJpeg,
  'image/png': stripPng,
  'image/webp': stripWebp,
  'video/mp4': stripVideo,
  'video/quicktime': stripVideo,
  // A document's title and author are part of the document.
  'application/pdf': (bytes) => bytes,
}

/**
 * Removes metadata that says who made a picture or video, where, when and with which device. The pixels stay byte for
 * byte; a stripped file stays unchanged. `undefined`: the file is damaged, or not what its header says.
 */
export const stripMetadata = (bytes: Buffer, type: EvidenceType): Buffer | undefined => STRIPPERS[type](bytes)
